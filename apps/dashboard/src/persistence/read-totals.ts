import type { DealType } from '@onepoint/contracts';
import type { Sql } from '@onepoint/persistence';
import { ALL_MERCHANTS } from './derive-sums.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/** What one day's deals of one type come to. Sums are over successful deals. */
export interface DayTotal {
  /** `YYYY-MM-DD` of the business calendar. */
  readonly day: string;
  readonly type: DealType;
  readonly deals: number;
  /** KRW. */
  readonly dealAmount: number;
  readonly point: number;
  readonly failedDeals: number;
}

/**
 * The totals of each day and type from `from` to `to`, both `YYYY-MM-DD` and inclusive, of one
 * merchant or (null) of all together; days without deals are absent. At most four for each day.
 */
export function readDayTotals(
  sql: Sql,
  tables: ReadModelTables,
  range: { readonly from: string; readonly to: string; readonly merchantId: number | null },
): Promise<DayTotal[]> {
  return sql.query(
    `SELECT day, type, deals, deal_amount AS dealAmount, point, failed_deals AS failedDeals
     FROM ${tables.dayTotal} WHERE merchant_id = ? AND day >= ? AND day <= ? ORDER BY day, type`,
    [range.merchantId ?? ALL_MERCHANTS, range.from, range.to],
  );
}
