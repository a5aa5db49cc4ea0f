const WHOLE_BPS = 10_000n;

/**
 * Points that a purchase earns: floor(amount × rate). Exact for every amount below 2^53.
 *
 * @param dealAmount KRW, 0 to 2^53 − 1
 * @param earnRateBps basis points, 0 to 10,000 (100 is the network's usual 1 %)
 */
export function earnedPoints(dealAmount: number, earnRateBps: number): number {
  return Number((BigInt(dealAmount) * BigInt(earnRateBps)) / WHOLE_BPS);
}
