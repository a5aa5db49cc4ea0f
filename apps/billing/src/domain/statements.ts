import type { BillingTotals } from './billing-totals.ts';
import type { CarryOver } from './carry-over.ts';
import type { LineRange } from './plan-run.ts';
import type { SettlementLine } from './settlement-line.ts';
import type { TermSums } from './term-sums.ts';

/** One immutable calculation, and the difference it made. */
export interface Run {
  readonly id: number;
  /** From 1 within its billing. */
  readonly runNo: number;
  readonly lines: LineRange;
  /** Epoch milliseconds. */
  readonly settledAt: number;
  readonly made: BillingTotals;
}

/** What the network and a merchant owe each other for a month. */
export interface Statement {
  readonly id: number;
  readonly merchantId: number;
  /** null: the merchant has had deals, and its name has not been heard of yet. */
  readonly merchantName: string | null;
  readonly billingMonth: string;
  /** Over all runs. */
  readonly totals: BillingTotals;
  /** The same lines by type and terms. */
  readonly sums: readonly TermSums[];
  readonly carryOver: CarryOver;
  readonly runCount: number;
  /** The newest {@link RUNS_SHOWN}, oldest first. */
  readonly runs: readonly Run[];
}

/** Runs that a statement shows; a merchant who settles every minute has thousands. */
export const RUNS_SHOWN = 100;

/** A settled line with its place and the run that settled it. */
export interface StatementLine extends SettlementLine {
  readonly place: number;
  readonly runId: number;
}

/** Which statements are asked for; null: all. */
export interface StatementFilter {
  readonly merchantId: number | null;
  readonly billingMonth: string | null;
  /** Only statements with a smaller id. */
  readonly before: number | null;
  readonly limit: number;
}

/** Settled billings, as they are read. */
export abstract class Statements {
  abstract find(billingId: number): Promise<Statement | null>;

  /** Statements with at least one run, newest first. */
  abstract list(filter: StatementFilter): Promise<readonly Statement[]>;

  /** Settled lines behind place `after` (0: from the first), in the order of their places. */
  abstract linesOf(
    billing: Pick<Statement, 'id' | 'merchantId' | 'billingMonth'>,
    after: number,
    limit: number,
  ): Promise<readonly StatementLine[]>;
}
