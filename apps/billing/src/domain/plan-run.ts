import { totalsOf } from './billing-totals.ts';
import type { BillingTotals } from './billing-totals.ts';
import { addSums } from './term-sums.ts';
import type { TermSums } from './term-sums.ts';

/** Lines of one billing, by their places in it: from 1, without gaps, in the order of their arrival. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** A calculation before it is made to stand. */
export interface RunPlan {
  readonly billingId: number;
  readonly lines: LineRange;
  /** The lines of this run, added up. */
  readonly sums: readonly TermSums[];
  /** All lines that runs have settled then, added up. */
  readonly allSums: readonly TermSums[];
  /** The difference that the run makes: of the totals after it and before it. */
  readonly made: BillingTotals;
  /** The billing's totals with this run. */
  readonly totals: BillingTotals;
}

/** The lines do not add up to as many as their places say: nothing may be settled. */
export class LinesMissing extends Error {
  override readonly name = 'LinesMissing';
}

/**
 * Plans a run over `lines`. Its worth is the difference it makes to the billing, so that the amounts
 * of all runs add up to the billing however often it was rounded (P9). Throws {@link LinesMissing}.
 */
export function planRun(
  billingId: number,
  before: readonly TermSums[],
  lines: LineRange,
  sums: readonly TermSums[],
): RunPlan {
  const expected = lines.last - lines.first + 1;
  const found = sums.reduce((count, each) => count + each.dealCount, 0);
  if (found !== expected || expected < 1) {
    throw new LinesMissing(`billing ${billingId}: ${expected} lines expected, ${found} found`);
  }
  const allSums = addSums(before, sums);
  const totals = totalsOf(allSums);
  return { billingId, lines, sums, allSums, made: difference(totals, totalsOf(before)), totals };
}

function difference(after: BillingTotals, before: BillingTotals): BillingTotals {
  return {
    dealCount: after.dealCount - before.dealCount,
    usedPoints: after.usedPoints - before.usedPoints,
    cancelledPoints: after.cancelledPoints - before.cancelledPoints,
    netPoints: after.netPoints - before.netPoints,
    commission: after.commission - before.commission,
    billingAmount: after.billingAmount - before.billingAmount,
    earnedPoints: after.earnedPoints - before.earnedPoints,
    earnCancelledPoints: after.earnCancelledPoints - before.earnCancelledPoints,
    earnCharge: after.earnCharge - before.earnCharge,
    net: after.net - before.net,
  };
}
