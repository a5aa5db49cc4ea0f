import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { settlementIncomplete } from '../domain/billing.errors.ts';
import { DealBooks } from '../domain/deal-books.ts';
import { sameFigures } from '../domain/figures.ts';
import type { Figures } from '../domain/figures.ts';

/** How long events that are still on their way are waited for. Milliseconds. */
export interface CompletenessPolicy {
  readonly waitMs: number;
  readonly lookEveryMs: number;
}

/** Injection token of the {@link CompletenessPolicy}. */
export const COMPLETENESS_POLICY = Symbol('COMPLETENESS_POLICY');

/** What Billing has got of a merchant's month, and how to look again. */
export interface Seen {
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly figures: Figures;
}

/** Sees to it that nothing is settled on guesses: Deal and Billing must know of the same deals. */
@Injectable()
export class ConfirmComplete {
  constructor(
    private readonly deal: DealBooks,
    @Inject(COMPLETENESS_POLICY) private readonly policy: CompletenessPolicy,
  ) {}

  /**
   * Resolves with what was seen when it is all that Deal has. Looks again for a moment, since
   * events may be on their way, then throws `SETTLEMENT_INCOMPLETE` with both figures. With `told`
   * (what Deal said a moment ago) it looks once. Throws `DEAL_UNAVAILABLE`.
   */
  async confirm<S extends Seen>(
    first: S,
    lookAgain: (before: S) => Promise<S>,
    told: Figures | null,
  ): Promise<S> {
    const { merchantId, billingMonth } = first;
    const untilMs = performance.now() + (told === null ? this.policy.waitMs : 0);
    let seen = first;
    let deal = told ?? (await this.deal.figuresOf(merchantId, billingMonth));
    while (!sameFigures(deal, seen.figures)) {
      if (performance.now() >= untilMs) throw settlementIncomplete(deal, seen.figures);
      await wait(this.policy.lookEveryMs);
      deal = await this.deal.figuresOf(merchantId, billingMonth);
      seen = await lookAgain(seen);
    }
    return seen;
  }
}
