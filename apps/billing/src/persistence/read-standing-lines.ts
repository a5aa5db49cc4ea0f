import type { Sql } from '@onepoint/persistence';
import type { SettlementLine } from '../domain/settlement-line.ts';

/** Ids in one IN list. */
const IDS_MAX = 1_000;

/** The lines of these deals, settled or not, by the deal's id; a deal without one is absent. */
export async function readStandingLines(
  sql: Sql,
  dealIds: readonly number[],
): Promise<Map<number, SettlementLine>> {
  const standing = new Map<number, SettlementLine>();
  for (let from = 0; from < dealIds.length; from += IDS_MAX) {
    const list = sql.inList(dealIds.slice(from, from + IDS_MAX));
    const rows = await sql.query<SettlementLine>(
      `SELECT l.deal_id AS dealId, l.member_id AS memberId, b.merchant_id AS merchantId,
         b.billing_month AS billingMonth, l.type, l.point, l.commission_bps AS commissionBps,
         l.earn_charge_bps AS earnChargeBps, l.deal_date AS dealDate,
         l.original_deal_id AS originalDealId
       FROM settlement_line l JOIN billing b ON b.id = l.billing_id
       WHERE l.deal_id IN ${list.sql}`,
      list.params,
    );
    for (const row of rows) standing.set(row.dealId, row);
  }
  return standing;
}
