import { newEvent } from '@onepoint/messaging';
import type { NewEvent } from '@onepoint/messaging';
import type { Deal } from '../domain/deal.ts';
import type { DealEnd } from '../domain/deal-end.ts';

/** A deal says one thing in its life, so that is its first and last event. */
const ONLY_SEQUENCE = 1;

/** What a successful deal tells the others. */
export function eventOfSuccess(deal: Deal): NewEvent {
  const subject = `deal/${deal.id}`;
  const common = { subject, sequence: ONLY_SEQUENCE, occurredAt: deal.dealDate };
  const fact = {
    dealId: deal.id,
    memberId: deal.memberId,
    merchantId: deal.merchantId,
    dealAmount: deal.dealAmount,
    point: deal.point,
    dealDate: new Date(deal.dealDate).toISOString(),
    earnRateBps: deal.earnRateBps,
    commissionBps: deal.commissionBps,
    earnChargeBps: deal.earnChargeBps,
  };
  switch (deal.type) {
    case 'save':
      return newEvent('deal.saved.v1', { ...common, data: fact });
    case 'use':
      return newEvent('deal.used.v1', { ...common, data: fact });
    case 'saveCancel':
      return newEvent('deal.save-cancelled.v1', {
        ...common,
        data: { ...fact, ...originalOf(deal) },
      });
    case 'useCancel':
      return newEvent('deal.use-cancelled.v1', {
        ...common,
        data: { ...fact, ...originalOf(deal) },
      });
    default: {
      const unknown: never = deal.type;
      throw new TypeError(`unknown type of deal: ${String(unknown)}`);
    }
  }
}

/** What a failed use tells the others; Point undoes a debit whose fate is `unknown`. */
export function eventOfFailure(
  deal: Deal,
  end: Extract<DealEnd, { status: 'fail' }>,
  now: number,
): NewEvent {
  return newEvent('deal.failed.v1', {
    subject: `deal/${deal.id}`,
    sequence: ONLY_SEQUENCE,
    occurredAt: now,
    data: {
      dealId: deal.id,
      memberId: deal.memberId,
      merchantId: deal.merchantId,
      type: deal.type,
      dealAmount: deal.dealAmount,
      point: deal.point,
      dealDate: new Date(deal.dealDate).toISOString(),
      failReason: end.failReason,
      debit: end.debit,
    },
  });
}

/** A cancel that does not know its original cannot be recorded; this is what a broken row would be. */
export class CancelWithoutOriginal extends Error {
  override readonly name = 'CancelWithoutOriginal';
}

function originalOf(deal: Deal): { originalDealId: number; originalDealDate: string } {
  if (deal.originalDealId === null || deal.originalDealDate === null) {
    throw new CancelWithoutOriginal(`deal ${deal.id} is a cancel of nothing`);
  }
  return {
    originalDealId: deal.originalDealId,
    originalDealDate: new Date(deal.originalDealDate).toISOString(),
  };
}
