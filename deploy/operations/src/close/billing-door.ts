import { monthCloseView } from '@onepoint/contracts';
import type { MonthCloseView } from '@onepoint/contracts';

/** A single answer may take this long. */
const ANSWER_MAX_MS = 20_000;

/** Billing gave no answer, or asked to come back: it may be starting again. */
export class BillingAway extends Error {
  override readonly name = 'BillingAway';
}

/** Billing refused, and asking again would not help. */
export class BillingRefused extends Error {
  override readonly name = 'BillingRefused';
}

/** The two routes of the billing service by which a month is closed. */
export class BillingDoor {
  constructor(
    private readonly url: string,
    private readonly operatorToken: string | null,
  ) {}

  /** Begins to close a month; a close that runs or has nothing left is the same close. */
  begin(billingMonth: string): Promise<MonthCloseView> {
    return this.ask('POST', '/billings/close', { billingMonth });
  }

  /** How far it has come. */
  progress(billingMonth: string): Promise<MonthCloseView> {
    return this.ask('GET', `/billings/close/${billingMonth}`);
  }

  private async ask(method: string, path: string, body?: unknown): Promise<MonthCloseView> {
    const { status, text } = await this.answer(method, path, body);
    const json = jsonIn(text);
    if (status >= 200 && status < 300) return monthCloseView.parse(json);
    const { code, detail } = (json ?? {}) as { code?: unknown; detail?: unknown };
    const said = `Billing answered ${status} ${String(code ?? '')}: ${String(detail ?? '')}`;
    if (status >= 502 && status <= 504) throw new BillingAway(said);
    if (status !== 401 && status !== 403) throw new BillingRefused(said);
    throw new BillingRefused(`${said}\nOPERATOR_TOKEN must be a token with the scope settlement`);
  }

  private async answer(
    method: string,
    path: string,
    body: unknown,
  ): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(this.operatorToken === null ? {} : { authorization: `Bearer ${this.operatorToken}` }),
        },
        signal: AbortSignal.timeout(ANSWER_MAX_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw new BillingAway(`Billing does not answer at ${this.url}`, { cause: error });
    }
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of a proxy, say: its status tells enough.
    return null;
  }
}
