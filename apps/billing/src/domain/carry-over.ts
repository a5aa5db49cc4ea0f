/** What becomes of a month's net when months before it ended below zero. KRW. */
export interface CarryOver {
  /** What earlier months left to be set off: zero or negative. */
  readonly opening: number;
  /** What is paid out for this month: never negative. */
  readonly payable: number;
  /** What is left for the next month to set off: zero or negative. */
  readonly closing: number;
}

/** A negative balance is never collected: it is carried to the next month and set off there. */
export function carryOver(opening: number, net: number): CarryOver {
  const balance = opening + net;
  return { opening, payable: Math.max(0, balance), closing: Math.min(0, balance) };
}

/** What a month begins with: the nets of all months before it, in their order, carried over. */
export function openingAfter(nets: readonly number[]): number {
  return nets.reduce((opening, net) => carryOver(opening, net).closing, 0);
}
