import { FRESH_DEAL } from '../domain/deal.ts';
import type { Deal, DealType } from '../domain/deal.ts';

/** A deal of member 1 at merchant 20, with what a test says of it. */
export function sampleDeal(id: number, type: DealType, more: Partial<Deal> = {}): Deal {
  const isCancel = type === 'saveCancel' || type === 'useCancel';
  return {
    ...FRESH_DEAL,
    id,
    memberId: 1,
    merchantId: 20,
    type,
    dealAmount: 10_000,
    point: 100,
    status: type === 'use' ? 'pending' : 'success',
    pointStatus: type === 'use' ? null : 'deferred',
    originalDealId: isCancel ? id - 1 : null,
    originalDealDate: isCancel ? 1 : null,
    earnRateBps: 100,
    commissionBps: 200,
    earnChargeBps: 0,
    dealDate: 2,
    ...more,
  };
}
