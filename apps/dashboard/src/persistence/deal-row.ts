import type { DealType, PointOutcome } from '@onepoint/contracts';
import type { DealFact, KnownDeal } from './known-deal.ts';

/** A row of the deal table, column by column. */
export type DealRow = {
  readonly deal_id: number;
  readonly member_id: number | null;
  readonly merchant_id: number | null;
  readonly type: DealType | null;
  readonly deal_amount: number | null;
  readonly point: number | null;
  readonly deal_date: number | null;
  readonly status: 'success' | 'fail' | null;
  readonly fail_reason: string | null;
  readonly original_deal_id: number | null;
  readonly cancelled_by_deal_id: number | null;
  readonly point_outcome: PointOutcome | null;
  readonly point_reason: string | null;
  readonly point_changed_at: number | null;
  readonly billing_status: 'no' | 'yes';
  readonly billing_id: number | null;
  readonly run_id: number | null;
};

/** The columns of the deal table, as they stand in a SELECT of a {@link DealRow}. */
export const DEAL_COLUMNS = [
  ...['deal_id', 'member_id', 'merchant_id', 'type', 'deal_amount', 'point', 'deal_date'],
  ...['status', 'fail_reason', 'original_deal_id', 'cancelled_by_deal_id'],
  ...[
    'point_outcome',
    'point_reason',
    'point_changed_at',
    'billing_status',
    'billing_id',
    'run_id',
  ],
].join(', ');

/** How a deal is stored. */
export function rowOfDeal(known: KnownDeal): DealRow {
  const { deal, points, settlement } = known;
  return {
    deal_id: known.dealId,
    member_id: deal?.memberId ?? null,
    merchant_id: deal?.merchantId ?? null,
    type: deal?.type ?? null,
    deal_amount: deal?.dealAmount ?? null,
    point: deal?.point ?? null,
    deal_date: deal?.dealDate ?? null,
    status: deal?.status ?? null,
    fail_reason: deal?.failReason ?? null,
    original_deal_id: deal?.originalDealId ?? null,
    cancelled_by_deal_id: known.cancelledByDealId,
    point_outcome: points?.outcome ?? null,
    point_reason: points?.reason ?? null,
    point_changed_at: points?.changedAt ?? null,
    billing_status: settlement === null ? 'no' : 'yes',
    billing_id: settlement?.billingId ?? null,
    run_id: settlement?.runId ?? null,
  };
}

/** What a stored row says. */
export function dealOfRow(row: DealRow): KnownDeal {
  const { point_outcome: outcome, point_changed_at: changedAt } = row;
  const { billing_id: billingId, run_id: runId } = row;
  return {
    dealId: row.deal_id,
    deal: dealFactOf(row),
    points:
      outcome === null || changedAt === null
        ? null
        : { outcome, reason: row.point_reason, changedAt },
    settlement: billingId === null || runId === null ? null : { billingId, runId },
    cancelledByDealId: row.cancelled_by_deal_id,
  };
}

/** Its columns are written together: either all of them are known or none. */
function dealFactOf(row: DealRow): DealFact | null {
  const { member_id: memberId, merchant_id: merchantId, type, status, point } = row;
  const { deal_amount: dealAmount, deal_date: dealDate } = row;
  if (memberId === null || merchantId === null || type === null || status === null) return null;
  if (dealAmount === null || point === null || dealDate === null) return null;
  const { fail_reason: failReason, original_deal_id: originalDealId } = row;
  return {
    ...{ memberId, merchantId, type, dealAmount, point, dealDate, status },
    ...{ failReason, originalDealId },
  };
}
