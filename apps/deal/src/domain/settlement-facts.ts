/** A business month as instants: `from` inclusive, `to` exclusive, epoch milliseconds. */
export interface MonthRange {
  readonly from: number;
  readonly to: number;
}

/** What Billing's own lines must add up to before a month is settled. */
export interface MerchantTotals {
  readonly merchantId: number;
  readonly useCount: number;
  readonly usedPoints: number;
  readonly cancelCount: number;
  readonly cancelledPoints: number;
}

/** One deal that belongs on a statement. */
export interface SettlementDeal {
  readonly dealId: number;
  readonly type: 'use' | 'useCancel';
  readonly point: number;
  readonly dealDate: number;
}

/** What Deal itself knows of a month, for Billing to compare with. */
export abstract class SettlementFacts {
  /** Merchants with an id above `after`, ascending, at most `limit`. */
  abstract totals(
    month: MonthRange,
    merchantId: number | null,
    after: number,
    limit: number,
  ): Promise<readonly MerchantTotals[]>;

  /** Deals with an id above `after`, ascending, at most `limit`. */
  abstract deals(
    month: MonthRange,
    merchantId: number,
    after: number,
    limit: number,
  ): Promise<readonly SettlementDeal[]>;
}
