import type { LineType, Terms } from './settlement-line.ts';

/**
 * Lines of one type that were made under the same terms, added up. Rounding needs the exact products
 * of points and rates, and these are all that they depend on.
 */
export interface TermSums extends Terms {
  readonly type: LineType;
  readonly dealCount: number;
  /** Points of these deals; never negative, the direction is in the type. */
  readonly points: number;
}

/** Sums beyond what a number holds exactly (2^53 − 1): refused, never rounded. */
export class SumTooLarge extends Error {
  override readonly name = 'SumTooLarge';
}

/** Adds sums of the same type and terms together. Throws {@link SumTooLarge}. */
export function addSums(...parts: readonly (readonly TermSums[])[]): TermSums[] {
  const byTerms = new Map<string, TermSums>();
  for (const sums of parts.flat()) {
    const key = termsKey(sums);
    const known = byTerms.get(key);
    byTerms.set(key, known === undefined ? sums : together(known, sums));
  }
  return [...byTerms.values()];
}

/** Two sums have the same key when their lines are of the same type and terms. */
export function termsKey({
  type,
  commissionBps,
  earnChargeBps,
}: Terms & { type: LineType }): string {
  return `${type}/${commissionBps}/${earnChargeBps}`;
}

function together(one: TermSums, other: TermSums): TermSums {
  const points = one.points + other.points;
  if (!Number.isSafeInteger(points)) throw new SumTooLarge('points add up to more than 2^53 - 1');
  return { ...one, points, dealCount: one.dealCount + other.dealCount };
}
