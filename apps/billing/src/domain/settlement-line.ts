/** What a line stands for: points used and given back (the use leg), points issued and taken back. */
export type LineType = 'use' | 'useCancel' | 'save' | 'saveCancel';

/** The rates a deal was made under; a cancel has those of its original. Basis points, 0 to 10,000. */
export interface Terms {
  /** What the network keeps of used points. */
  readonly commissionBps: number;
  /** What the merchant is charged for the points its saves gave. */
  readonly earnChargeBps: number;
}

/** One successful deal of one merchant in one month, as it is settled. Never changed, never removed. */
export interface SettlementLine extends Terms {
  readonly dealId: number;
  readonly memberId: number;
  readonly merchantId: number;
  /** The month of its own date, `YYYYMM`; for a cancel the month of the cancel. */
  readonly billingMonth: string;
  readonly type: LineType;
  /** The deal's points, never negative; the direction is in the type. */
  readonly point: number;
  /** Epoch milliseconds. */
  readonly dealDate: number;
  /** The deal that a cancel takes back, else null. */
  readonly originalDealId: number | null;
}

/** What a line adds to its leg: plus for a use or a save, minus for its cancel. */
export function signedPoints(line: Pick<SettlementLine, 'type' | 'point'>): number {
  // Zero has no sign: -0 would be another value to whoever compares.
  return isCancel(line.type) && line.point !== 0 ? -line.point : line.point;
}

/** Whether a line takes back what another gave. */
export function isCancel(type: LineType): boolean {
  return type === 'useCancel' || type === 'saveCancel';
}

/**
 * Whether a deal can change what anybody owes. Uses and their cancels always do; a save does when
 * the terms it was made under charge the merchant for it.
 */
export function isSettled(deal: Pick<SettlementLine, 'type' | 'earnChargeBps'>): boolean {
  return deal.type === 'use' || deal.type === 'useCancel' || deal.earnChargeBps > 0;
}
