import type { Sql } from '@onepoint/persistence';
import type { ReadModelTables } from './read-model-tables.ts';

/** What has been heard of one billing: its runs together. */
export interface SeenSettlement {
  readonly billingId: number;
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly runs: number;
  /** Epoch milliseconds. */
  readonly lastSettledAt: number;
  /** Deals that the runs named. */
  readonly dealsNamed: number;
  /** Those of them that Dashboard knows, whose points the sums are of. */
  readonly dealsKnown: number;
  readonly usedPoints: number;
  readonly cancelledPoints: number;
  readonly chunks: number;
  readonly chunksHeard: number;
}

/** Which billings are asked for. */
export interface SettlementFilter {
  readonly merchantId?: number | undefined;
  readonly billingMonth?: string | undefined;
}

/** Billings with a smaller id than `below` (null: from the newest), newest first, at most `limit`. */
export function listSettlements(
  sql: Sql,
  tables: ReadModelTables,
  { merchantId, billingMonth }: SettlementFilter,
  below: number | null,
  limit: number,
): Promise<SeenSettlement[]> {
  const conditions = ['billing_id < ?'];
  const params: (string | number)[] = [below ?? Number.MAX_SAFE_INTEGER];
  if (merchantId !== undefined) {
    conditions.push('merchant_id = ?');
    params.push(merchantId);
  }
  if (billingMonth !== undefined) {
    conditions.push('billing_month = ?');
    params.push(billingMonth);
  }
  return sql.query(
    `SELECT billing_id AS billingId, merchant_id AS merchantId, billing_month AS billingMonth,
       COUNT(*) AS runs, MAX(settled_at) AS lastSettledAt, SUM(deals_named) AS dealsNamed,
       SUM(deals_known) AS dealsKnown, SUM(used_points) AS usedPoints,
       SUM(cancelled_points) AS cancelledPoints, SUM(chunks) AS chunks,
       SUM(chunks_heard) AS chunksHeard
     FROM ${tables.settlementRun} WHERE ${conditions.join(' AND ')}
     GROUP BY billing_id, merchant_id, billing_month ORDER BY billing_id DESC LIMIT ?`,
    [...params, limit],
  );
}
