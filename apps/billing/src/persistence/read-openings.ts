import type { Sql } from '@onepoint/persistence';
import { openingAfter } from '../domain/carry-over.ts';

/** A billing, as far as what came before it is concerned. */
export interface OpeningOf {
  readonly id: number;
  readonly merchantId: number;
  readonly billingMonth: string;
}

interface NetRow {
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly net: number;
}

/** What each billing begins with: what the settled months before it left to be set off. */
export async function readOpenings(
  sql: Sql,
  billings: readonly OpeningOf[],
): Promise<Map<number, number>> {
  if (billings.length === 0) return new Map();
  const merchants = sql.inList([...new Set(billings.map(({ merchantId }) => merchantId))]);
  const lastMonth = billings.reduce(
    (last, each) => (each.billingMonth > last ? each.billingMonth : last),
    '',
  );
  const rows = await sql.query<NetRow>(
    `SELECT merchant_id AS merchantId, billing_month AS billingMonth, net_amount AS net
     FROM billing WHERE merchant_id IN ${merchants.sql} AND billing_month < ? AND net_amount <> 0
     ORDER BY merchant_id, billing_month`,
    [...merchants.params, lastMonth],
  );
  const netsOf = Map.groupBy(rows, ({ merchantId }) => merchantId);
  return new Map(
    billings.map(({ id, merchantId, billingMonth }) => {
      const before = (netsOf.get(merchantId) ?? []).filter(
        (row) => row.billingMonth < billingMonth,
      );
      return [id, openingAfter(before.map(({ net }) => net))];
    }),
  );
}
