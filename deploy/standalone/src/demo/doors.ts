import { setTimeout as wait } from 'node:timers/promises';
import type { ProcessSettings } from '@onepoint/platform';
import type { Terminal } from './terminal.ts';

/** An answer of the system: its status and its JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const CALL_MAX_MS = 10_000;
/** Events need a moment to arrive; longer than this is not as it should be. */
const SETTLE_MAX_MS = 15_000;
const ASK_AGAIN_MS = 25;

/** The doors of the five services, as a caller from outside knows them. */
export class Doors {
  readonly member: string;
  readonly point: string;
  readonly deal: string;
  readonly billing: string;
  readonly dashboard: string;

  constructor(
    settings: ProcessSettings,
    private readonly terminal: Terminal,
  ) {
    const at = (port: number): string => `http://${settings.ONEPOINT_HOST}:${port}`;
    this.member = at(settings.MEMBER_PORT);
    this.point = at(settings.POINT_PORT);
    this.deal = at(settings.DEAL_PORT);
    this.billing = at(settings.BILLING_PORT);
    this.dashboard = at(settings.DASHBOARD_PORT);
  }

  /** One call, shown. */
  async call(method: string, url: string, body?: unknown): Promise<Answer> {
    this.terminal.call(method, url, body);
    const answer = await this.ask(method, url, body);
    this.terminal.answer(answer.status, shortly(answer.body));
    return answer;
  }

  /** One call, not shown. */
  async ask(method: string, url: string, body?: unknown): Promise<Answer> {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(CALL_MAX_MS),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  /** Asks until the answer is as wanted, or time is up; the last answer, and how long it took. */
  async until(
    url: string,
    isWanted: (answer: Answer) => boolean,
  ): Promise<{ answer: Answer; tookMs: number }> {
    const startedAt = performance.now();
    for (;;) {
      const answer = await this.ask('GET', url);
      const tookMs = Math.round(performance.now() - startedAt);
      if (isWanted(answer) || tookMs > SETTLE_MAX_MS) return { answer, tookMs };
      await wait(ASK_AGAIN_MS);
    }
  }
}

const SHOWN = [
  'code',
  'id',
  'type',
  'status',
  'point',
  'failReason',
  'pointStatus',
  'netPoints',
  'commission',
  'billingAmount',
  'billingStatus',
  'memberStatus',
];

function shortly(body: Answer['body']): string {
  return SHOWN.filter((name) => body[name] !== undefined && body[name] !== null)
    .map((name) => `${name}=${String(body[name])}`)
    .join(' ');
}
