import type { Sql } from '@onepoint/persistence';
import type { Deal, NewDeal } from '../domain/deal.ts';

/** The columns of a deal under the names that the domain gives them. */
export const DEAL_COLUMNS = `id, member_id AS memberId, merchant_id AS merchantId, type,
  deal_amount AS dealAmount, point, status, fail_reason AS failReason, point_status AS pointStatus,
  point_reason AS pointReason, billing_status AS billingStatus, original_deal_id AS originalDealId,
  original_deal_date AS originalDealDate, cancelled_by_deal_id AS cancelledByDealId,
  earn_rate_bps AS earnRateBps, commission_bps AS commissionBps, earn_charge_bps AS earnChargeBps,
  deal_date AS dealDate`;

/** A new deal as a row; its id is given by the database. */
export function dealRow(deal: NewDeal): Record<string, unknown> {
  return {
    member_id: deal.memberId,
    merchant_id: deal.merchantId,
    type: deal.type,
    deal_amount: deal.dealAmount,
    point: deal.point,
    status: deal.status,
    fail_reason: deal.failReason,
    point_status: deal.pointStatus,
    point_reason: deal.pointReason,
    billing_status: deal.billingStatus,
    original_deal_id: deal.originalDealId,
    original_deal_date: deal.originalDealDate,
    cancelled_by_deal_id: deal.cancelledByDealId,
    earn_rate_bps: deal.earnRateBps,
    commission_bps: deal.commissionBps,
    earn_charge_bps: deal.earnChargeBps,
    deal_date: deal.dealDate,
  };
}

/** Deals by id; locked until the end of the transaction when asked. Ascending, against deadlocks. */
export async function readDeals(
  sql: Sql,
  dealIds: Iterable<number>,
  locked: boolean,
): Promise<Map<number, Deal>> {
  const ids = [...new Set(dealIds)].sort((a, b) => a - b);
  if (ids.length === 0) return new Map();
  const list = sql.inList(ids);
  const rows = await sql.query<Deal>(
    `SELECT ${DEAL_COLUMNS} FROM deal WHERE id IN ${list.sql} ORDER BY id${locked ? sql.forUpdate() : ''}`,
    list.params,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
