import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { BusinessCalendar, Clock } from '@onepoint/platform';
import { billingContended, merchantNotFound, monthInFuture } from '../domain/billing.errors.ts';
import { Billings, unsettledLines } from '../domain/billings.ts';
import type { OpenBilling } from '../domain/billings.ts';
import { figuresOf } from '../domain/figures.ts';
import type { Figures } from '../domain/figures.ts';
import { Merchants } from '../domain/merchant.ts';
import { planRun } from '../domain/plan-run.ts';
import type { LineRange } from '../domain/plan-run.ts';
import { addSums } from '../domain/term-sums.ts';
import type { TermSums } from '../domain/term-sums.ts';
import { CommitRuns } from './commit-runs.ts';
import { ConfirmComplete } from './confirm-complete.ts';
import { OneAtATime } from './one-at-a-time.ts';

/** How often another run may come first before the caller is asked to come back. */
const TRIES_MAX = 10;

/** What became of it. */
export interface Settlement {
  readonly billingId: number;
  /** False: there was nothing that an earlier run had not settled. */
  readonly newRun: boolean;
}

/**
 * Settle what no run has settled yet of a merchant's month. Throws `MONTH_IN_FUTURE`,
 * `MERCHANT_NOT_FOUND`, and for a finished month `SETTLEMENT_INCOMPLETE` and `DEAL_UNAVAILABLE`.
 */
export class SettleMonth extends Command<Settlement> {
  constructor(
    readonly merchantId: number,
    readonly billingMonth: string,
    /** What Deal counts for it, if it was asked a moment ago: then nobody waits. null: ask and wait. */
    readonly told: Figures | null = null,
  ) {
    super();
  }
}

/** A billing with its unsettled lines added up. */
interface Measured {
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly billing: OpenBilling;
  readonly lines: LineRange | null;
  readonly sums: readonly TermSums[];
  readonly figures: Figures;
}

@Injectable()
@CommandHandler(SettleMonth)
export class SettleMonthHandler implements ICommandHandler<SettleMonth> {
  private readonly inTurn = new OneAtATime();

  constructor(
    private readonly billings: Billings,
    private readonly runs: CommitRuns,
    private readonly merchants: Merchants,
    private readonly complete: ConfirmComplete,
    private readonly calendar: BusinessCalendar,
    private readonly clock: Clock,
  ) {}

  async execute(command: SettleMonth): Promise<Settlement> {
    const { merchantId, billingMonth } = command;
    if (billingMonth > this.calendar.monthOf(this.clock.now())) throw monthInFuture(billingMonth);
    if (!(await this.merchants.isKnown(merchantId))) throw merchantNotFound(merchantId);
    return this.inTurn.run(`${merchantId}/${billingMonth}`, () => this.settle(command));
  }

  private async settle({ merchantId, billingMonth, told }: SettleMonth): Promise<Settlement> {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      let seen = await this.measure(merchantId, billingMonth);
      if (this.isFinished(billingMonth)) {
        seen = await this.complete.confirm(seen, (before) => this.measureAgain(before), told);
      }
      const { billing, lines, sums } = seen;
      if (lines === null) return { billingId: billing.id, newRun: false };
      const plan = planRun(billing.id, billing.sums, lines, sums);
      if (await this.runs.commit(plan)) {
        return { billingId: billing.id, newRun: true };
      }
    }
    throw billingContended(billingMonth);
  }

  /** A month that still runs is settled as far as it has come; only a finished one can be complete. */
  private isFinished(billingMonth: string): boolean {
    return billingMonth < this.calendar.monthOf(this.clock.now());
  }

  private async measure(merchantId: number, billingMonth: string): Promise<Measured> {
    const billing = await this.billings.open(merchantId, billingMonth, this.clock.now());
    const lines = unsettledLines(billing);
    const sums = lines === null ? [] : await this.billings.sumLines(billing.id, lines);
    return measured(billing, lines, sums);
  }

  /** Adds only what has arrived since: a million lines are not added up at every look. */
  private async measureAgain(before: Measured): Promise<Measured> {
    const { merchantId, billingMonth } = before;
    const billing = await this.billings.open(merchantId, billingMonth, this.clock.now());
    const lines = unsettledLines(billing);
    const known = before.lines;
    if (lines === null || known === null || lines.first !== known.first) {
      return this.measure(merchantId, billingMonth);
    }
    if (lines.last === known.last) return measured(billing, lines, before.sums);
    const since = { first: known.last + 1, last: lines.last };
    const more = await this.billings.sumLines(billing.id, since);
    return measured(billing, lines, addSums(before.sums, more));
  }
}

function measured(
  billing: OpenBilling,
  lines: LineRange | null,
  sums: readonly TermSums[],
): Measured {
  const { merchantId, billingMonth } = billing;
  const figures = figuresOf(addSums(billing.sums, sums));
  return { merchantId, billingMonth, billing, lines, sums, figures };
}
