import { FRESH_DEAL, cancelTypeOf } from './deal.ts';
import type { Deal, NewDeal } from './deal.ts';
import { DealError, alreadyCancelled, dealNotFound, merchantNotFound } from './deal.errors.ts';
import type { CancelRequest, DealRequest, SaveRequest, UseRequest } from './deal-request.ts';
import { earnedPoints } from './earned-points.ts';
import type { Merchant } from './merchant.ts';
import { ratesOf } from './merchant-terms.ts';

/** What a request may be decided on: locked until the transaction ends. */
export interface DealFacts {
  /** On the terms in force at the deal's date. */
  readonly merchant: Merchant | null;
  /** The deal to cancel; null: not found. */
  readonly original: Deal | null;
}

/**
 * The deal that a request becomes: a save or cancel is a success at once, its points follow; a use
 * is pending until Point has decided.
 *
 * @throws DealError `MERCHANT_NOT_FOUND`, `DEAL_NOT_FOUND`, `DEAL_NOT_CANCELLABLE`,
 * `DEAL_ALREADY_CANCELLED`
 */
export function planDeal(request: DealRequest, facts: DealFacts, now: number): NewDeal {
  switch (request.kind) {
    case 'save':
    case 'use':
      if (facts.merchant === null) throw merchantNotFound(request.merchantId);
      return firstDeal(request, facts.merchant, now);
    case 'cancel':
      if (facts.original === null || !describes(request, facts.original)) throw dealNotFound();
      return cancelOf(facts.original, request.originalType, now);
    case 'cancelNewest':
      if (facts.original === null) throw dealNotFound();
      return cancelOf(facts.original, request.originalType, now);
    default: {
      const unknown: never = request;
      throw new TypeError(`unknown request: ${JSON.stringify(unknown)}`);
    }
  }
}

function firstDeal(request: SaveRequest | UseRequest, merchant: Merchant, now: number): NewDeal {
  const { memberId, merchantId, dealAmount } = request;
  const common = {
    ...FRESH_DEAL,
    ...ratesOf(merchant),
    memberId,
    merchantId,
    dealAmount,
    dealDate: now,
  };
  return request.kind === 'save'
    ? {
        ...common,
        type: 'save',
        point: earnedPoints(dealAmount, merchant.earnRateBps),
        status: 'success',
        pointStatus: 'deferred',
      }
    : { ...common, type: 'use', point: request.point, status: 'pending', pointStatus: null };
}

/** Another merchant's deal is as good as no deal: nobody learns that it exists (P12). */
function describes(request: CancelRequest, original: Deal): boolean {
  return (
    (request.merchantId === null || request.merchantId === original.merchantId) &&
    (request.memberId === null || request.memberId === original.memberId) &&
    (request.dealAmount === null || request.dealAmount === original.dealAmount)
  );
}

function cancelOf(original: Deal, wanted: 'save' | 'use' | null, now: number): NewDeal {
  const { type } = original;
  if (type === 'saveCancel' || type === 'useCancel') {
    throw notCancellable(original, 'a cancel cannot be cancelled');
  }
  if (wanted !== null && wanted !== type) {
    throw notCancellable(original, `deal ${original.id} is a ${type}, not a ${wanted}`);
  }
  if (original.cancelledByDealId !== null) {
    throw alreadyCancelled(original.id, original.cancelledByDealId);
  }
  if (original.status !== 'success') {
    throw notCancellable(
      original,
      `deal ${original.id} is ${original.status}: only a success can be cancelled`,
    );
  }
  const { memberId, merchantId, dealAmount, point, earnRateBps, commissionBps, earnChargeBps } =
    original;
  return {
    ...FRESH_DEAL,
    memberId,
    merchantId,
    dealAmount,
    point,
    earnRateBps,
    commissionBps,
    earnChargeBps,
    type: cancelTypeOf(type),
    status: 'success',
    pointStatus: 'deferred',
    originalDealId: original.id,
    originalDealDate: original.dealDate,
    dealDate: now,
  };
}

function notCancellable(original: Deal, message: string): DealError {
  return new DealError('DEAL_NOT_CANCELLABLE', message, {
    dealId: original.id,
    status: original.status,
  });
}
