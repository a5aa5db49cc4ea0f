import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { isDatabaseAway } from '@onepoint/persistence';
import { BusinessCalendar, Clock } from '@onepoint/platform';
import { BillingError } from '../domain/billing.errors.ts';
import { DealBooks } from '../domain/deal-books.ts';
import { NO_DEALS } from '../domain/figures.ts';
import type { Figures } from '../domain/figures.ts';
import { Closes } from '../domain/month-close.ts';
import type { CloseLease, ClosedMerchant } from '../domain/month-close.ts';
import { COMPLETENESS_POLICY } from './confirm-complete.ts';
import type { CompletenessPolicy } from './confirm-complete.ts';
import { inParallel } from './in-parallel.ts';
import { SettleMonth } from './settle-month.ts';

/** Merchants whose figures Deal is asked for at once. */
const PAGE_MERCHANTS = 200;

/** How closes are worked on. */
export interface ClosePolicy {
  /** How often closes that nobody works on are looked for. Milliseconds. */
  readonly lookEveryMs: number;
  /** Merchants that are settled at once. */
  readonly parallelMax: number;
  /** After this long without a sign of life another process takes over. Milliseconds. */
  readonly leaseMs: number;
}

/** Injection token of the {@link ClosePolicy}. */
export const CLOSE_POLICY = Symbol('CLOSE_POLICY');

/** The work on a close was broken off; what is done is done, and whoever takes it next carries on. */
export class CloseInterrupted extends Error {
  override readonly name = 'CloseInterrupted';
}

/** What Deal counts for a merchant; null: the month still runs and is settled as far as it has come. */
type Told = (merchantId: number) => Figures | null;

/** Settles the merchants of a month one after the other, a few at a time. */
@Injectable()
export class CloseWorker {
  private readonly logger = new Logger(CloseWorker.name);

  constructor(
    private readonly closes: Closes,
    private readonly deal: DealBooks,
    private readonly commands: CommandBus,
    private readonly calendar: BusinessCalendar,
    private readonly clock: Clock,
    @Inject(COMPLETENESS_POLICY) private readonly completeness: CompletenessPolicy,
    @Inject(CLOSE_POLICY) private readonly policy: ClosePolicy,
  ) {}

  /**
   * Works on a close until it is done. One merchant's problem stops no other (it is noted with its
   * code). Merchants whose events are still on their way get a second chance a moment later, all of
   * them together. `goesOn` is asked between merchants; throws {@link CloseInterrupted}.
   */
  async work(lease: CloseLease, goesOn: () => Promise<boolean>): Promise<void> {
    let code: string | null = null;
    try {
      await this.walk(lease.billingMonth, goesOn);
      if ((await this.closes.waiting(lease.billingMonth, 0, null, 1)).length > 0) {
        await this.waitAMoment(lease, goesOn);
        await this.walk(lease.billingMonth, goesOn);
      }
    } catch (error) {
      if (!(error instanceof BillingError)) throw error;
      // Deal cannot be asked: those who still wait would all fail alike, each after a time-out.
      code = error.code;
    }
    await this.closes.finish(lease, code, this.clock.now());
  }

  private async waitAMoment(lease: CloseLease, goesOn: () => Promise<boolean>): Promise<void> {
    const { waitMs, lookEveryMs } = this.completeness;
    for (const untilMs = performance.now() + waitMs; performance.now() < untilMs;) {
      if (!(await goesOn())) throw new CloseInterrupted(`the close of ${lease.billingMonth}`);
      await wait(lookEveryMs);
    }
  }

  private async walk(billingMonth: string, goesOn: () => Promise<boolean>): Promise<void> {
    const runs = billingMonth >= this.calendar.monthOf(this.clock.now());
    if (runs) return this.settleRange(billingMonth, 0, null, () => null, goesOn);
    let after = 0;
    let cursor: string | null = null;
    do {
      const page = await this.deal.figuresOfAll(billingMonth, cursor, PAGE_MERCHANTS);
      const figures = new Map(page.items.map((each) => [each.merchantId, each]));
      await this.closes.list(billingMonth, [...figures.keys()]);
      const last = page.nextCursor === null ? null : (page.items.at(-1)?.merchantId ?? null);
      const told: Told = (merchantId) => figures.get(merchantId) ?? NO_DEALS;
      await this.settleRange(billingMonth, after, last, told, goesOn);
      after = last ?? after;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  private async settleRange(
    billingMonth: string,
    after: number,
    through: number | null,
    told: Told,
    goesOn: () => Promise<boolean>,
  ): Promise<void> {
    for (let from = after; ;) {
      const waiting = await this.closes.waiting(billingMonth, from, through, PAGE_MERCHANTS);
      const last = waiting.at(-1);
      if (last === undefined) return;
      const outcomes = await inParallel(waiting, this.policy.parallelMax, async (merchantId) => {
        if (!(await goesOn())) throw new CloseInterrupted(`the close of ${billingMonth}`);
        return this.settleOne(merchantId, billingMonth, told(merchantId));
      });
      const noted = outcomes.filter((outcome) => outcome !== null);
      await this.closes.note(billingMonth, noted, this.clock.now());
      from = last;
    }
  }

  /** null: not all of its events have arrived; it goes on waiting. */
  private async settleOne(
    merchantId: number,
    billingMonth: string,
    told: Figures | null,
  ): Promise<ClosedMerchant | null> {
    try {
      const command = new SettleMonth(merchantId, billingMonth, told);
      const { newRun } = await this.commands.execute(command);
      return { merchantId, outcome: newRun ? 'settled' : 'unchanged', code: null };
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      const code = error instanceof BillingError ? error.code : 'INTERNAL_ERROR';
      // A merchant that only Deal knows: the first of its events are still on their way.
      if (code === 'SETTLEMENT_INCOMPLETE' || code === 'MERCHANT_NOT_FOUND') return null;
      this.logger.error({ err: error, merchantId, billingMonth }, 'a merchant was not settled');
      return { merchantId, outcome: 'problem', code };
    }
  }
}
