import type { LineType, Terms } from './settlement-line.ts';
import { SumTooLarge } from './term-sums.ts';
import type { TermSums } from './term-sums.ts';

/** A whole in basis points. */
const WHOLE_BPS = 10_000n;

/** What lines come to, in points and KRW (one point is one won). */
export interface BillingTotals {
  readonly dealCount: number;
  readonly usedPoints: number;
  readonly cancelledPoints: number;
  /** Used less cancelled; negative when more came back. */
  readonly netPoints: number;
  /** What the network keeps of the net. */
  readonly commission: number;
  /** `netPoints − commission`: what the network owes for points used. */
  readonly billingAmount: number;
  /** Points that charged saves gave, and that their cancels took back. */
  readonly earnedPoints: number;
  readonly earnCancelledPoints: number;
  /** What the merchant owes for points issued at its tills. */
  readonly earnCharge: number;
  /** `billingAmount − earnCharge`: both legs together. */
  readonly net: number;
}

/**
 * What sums come to. Commission and earn charge are each rounded once, over all lines together and
 * towards zero, so that a use and its cancel come to nothing and a thousand small uses lose nothing
 * (the line-by-line way would round a thousand times). Throws {@link SumTooLarge}.
 */
export function totalsOf(sums: readonly TermSums[]): BillingTotals {
  const usedPoints = pointsOf(sums, 'use');
  const cancelledPoints = pointsOf(sums, 'useCancel');
  const netPoints = usedPoints - cancelledPoints;
  const commission = shareOf(sums, 'use', 'useCancel', 'commissionBps');
  const billingAmount = netPoints - commission;
  const earnCharge = shareOf(sums, 'save', 'saveCancel', 'earnChargeBps');
  return {
    dealCount: sums.reduce((count, each) => count + each.dealCount, 0),
    usedPoints,
    cancelledPoints,
    netPoints,
    commission,
    billingAmount,
    earnedPoints: pointsOf(sums, 'save'),
    earnCancelledPoints: pointsOf(sums, 'saveCancel'),
    earnCharge,
    net: billingAmount - earnCharge,
  };
}

function pointsOf(sums: readonly TermSums[], type: LineType): number {
  let points = 0;
  for (const each of sums) if (each.type === type) points += each.points;
  if (!Number.isSafeInteger(points)) throw new SumTooLarge('points add up to more than 2^53 - 1');
  return points;
}

function shareOf(
  sums: readonly TermSums[],
  plus: LineType,
  minus: LineType,
  rate: keyof Terms,
): number {
  let exact = 0n;
  for (const each of sums) {
    const product = BigInt(each.points) * BigInt(each[rate]);
    if (each.type === plus) exact += product;
    if (each.type === minus) exact -= product;
  }
  // BigInt division drops what is behind the point, on both sides of zero: sign × floor(magnitude).
  return Number(exact / WHOLE_BPS);
}
