import type { LineRange, RunPlan } from './plan-run.ts';
import type { SettlementLine } from './settlement-line.ts';
import type { TermSums } from './term-sums.ts';

/** A merchant's month as it stands: how far its lines go, and how far they are settled. */
export interface OpenBilling {
  readonly id: number;
  readonly merchantId: number;
  readonly billingMonth: string;
  /** Lines that have arrived: their places are 1 to this. */
  readonly lineCount: number;
  /** Lines that runs have settled: places 1 to this. */
  readonly settledThrough: number;
  /** The settled lines, added up. */
  readonly sums: readonly TermSums[];
}

/** The lines that no run has settled yet, or null when there are none. */
export function unsettledLines(billing: OpenBilling): LineRange | null {
  if (billing.lineCount === billing.settledThrough) return null;
  return { first: billing.settledThrough + 1, last: billing.lineCount };
}

/**
 * Where lines and runs are kept. Every line has a place in its billing, given when it arrives, under
 * the lock of that billing: from 1, without gaps. A run is a range of places that begins where the
 * last one ended; so each line is in exactly one run by construction (P9), and no line is ever
 * touched again however many there are.
 */
export abstract class Billings {
  /** Gives each line that is new its place; a deal whose line is there already changes nothing (P4). */
  abstract accept(lines: readonly SettlementLine[], now: number): Promise<void>;

  /** The lines of these deals, settled or not, by the deal's id; a deal without one is absent. */
  abstract standingLines(dealIds: readonly number[]): Promise<ReadonlyMap<number, SettlementLine>>;

  /** The billing of a merchant and month; an empty one is made when there is none. */
  abstract open(merchantId: number, billingMonth: string, now: number): Promise<OpenBilling>;

  /** Adds up lines of a billing. They never change, so nothing needs to be locked meanwhile. */
  abstract sumLines(billingId: number, lines: LineRange): Promise<readonly TermSums[]>;

  /**
   * Makes runs stand, all in one transaction. One whose first line another run has settled meanwhile
   * is not made, and its answer is false. The deals are announced with them: all of them, or the
   * first of many, and the rest by {@link announceNext}.
   */
  abstract settle(plans: readonly RunPlan[], now: number): Promise<readonly boolean[]>;

  /** Announces some more deals of one run that has not told all; false when no run is waiting. */
  abstract announceNext(): Promise<boolean>;
}
