import type { DealView } from '@onepoint/contracts';
import type { Deal } from '../domain/deal.ts';

/** A deal as the door shows it. */
export function dealViewOf(deal: Deal): DealView {
  return {
    id: deal.id,
    memberId: deal.memberId,
    merchantId: deal.merchantId,
    type: deal.type,
    dealAmount: deal.dealAmount,
    point: deal.point,
    status: deal.status,
    failReason: deal.failReason,
    pointStatus: deal.pointStatus,
    pointReason: deal.pointReason,
    billingStatus: deal.billingStatus,
    originalDealId: deal.originalDealId,
    cancelledByDealId: deal.cancelledByDealId,
    dealDate: new Date(deal.dealDate).toISOString(),
  };
}
