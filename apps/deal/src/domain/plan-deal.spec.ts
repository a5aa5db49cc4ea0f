import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleDeal } from '../testing/sample-deal.ts';
import { earnedPoints } from './earned-points.ts';
import type { CancelRequest, SaveRequest, UseRequest } from './deal-request.ts';
import type { Merchant } from './merchant.ts';
import { planDeal } from './plan-deal.ts';

const NOW = 1_763_856_000_000;
const merchant: Merchant = {
  ...{ id: 20, name: 'Mill', earnRateBps: 150, commissionBps: 210, earnChargeBps: 30 },
  ...{ sequence: 1, createdAt: 1, updatedAt: 1 },
};
const save: SaveRequest = { kind: 'save', memberId: 1, merchantId: 20, dealAmount: 1_999 };
const use: UseRequest = { ...save, kind: 'use', point: 300 };
const cancel: CancelRequest = {
  ...{ kind: 'cancel', originalDealId: 7, merchantId: 20 },
  ...{ memberId: null, dealAmount: null, originalType: null },
};
const used = sampleDeal(7, 'use', { status: 'success', pointStatus: 'applied' });
const refusal = (
  request: Parameters<typeof planDeal>[0],
  original: typeof used | null,
): unknown => {
  try {
    return planDeal(request, { merchant, original }, NOW);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a save', () => {
  it('succeeds at once and earns by the merchant’s own rate, rounded down', () => {
    expect(planDeal(save, { merchant, original: null }, NOW)).toEqual({
      ...{ type: 'save', memberId: 1, merchantId: 20, dealAmount: 1_999, point: 29 },
      ...{ status: 'success', failReason: null, pointStatus: 'deferred', pointReason: null },
      ...{ billingStatus: 'no', originalDealId: null, originalDealDate: null },
      ...{ cancelledByDealId: null, dealDate: NOW },
      ...{ earnRateBps: 150, commissionBps: 210, earnChargeBps: 30 },
    });
  });

  it('needs a merchant', () => {
    expect(() => planDeal(save, { merchant: null, original: null }, NOW)).toThrow(
      expect.objectContaining({ code: 'MERCHANT_NOT_FOUND' }),
    );
  });

  it('earns what earned points are, for any amount and rate', () => {
    const amounts = fc.maxSafeNat();
    const rates = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(amounts, rates, (dealAmount, earnRateBps) => {
        const facts = { merchant: { ...merchant, earnRateBps }, original: null };
        const { point } = planDeal({ ...save, dealAmount }, facts, NOW);
        expect(point).toBe(earnedPoints(dealAmount, earnRateBps));
        expect(Number.isSafeInteger(point)).toBe(true);
      }),
    );
  });
});

describe('a use', () => {
  it('is pending until Point has decided, whatever its amount', () => {
    expect(planDeal(use, { merchant, original: null }, NOW)).toMatchObject({
      ...{ type: 'use', point: 300, status: 'pending', pointStatus: null },
    });
  });
});

describe('a cancel', () => {
  it('is a deal of its own, at the points and terms of its original', () => {
    const original = { ...used, earnRateBps: 77, commissionBps: 88, earnChargeBps: 99 };
    expect(planDeal(cancel, { merchant: null, original }, NOW)).toEqual({
      ...{ type: 'useCancel', memberId: 1, merchantId: 20, dealAmount: 10_000, point: 100 },
      ...{ status: 'success', failReason: null, pointStatus: 'deferred', pointReason: null },
      ...{ billingStatus: 'no', originalDealId: 7, originalDealDate: 2, cancelledByDealId: null },
      ...{ dealDate: NOW, earnRateBps: 77, commissionBps: 88, earnChargeBps: 99 },
    });
    const saved = sampleDeal(7, 'save');
    expect(planDeal(cancel, { merchant: null, original: saved }, NOW).type).toBe('saveCancel');
  });

  it('finds nothing where the original is not what the request says', () => {
    expect(refusal(cancel, null)).toBe('DEAL_NOT_FOUND');
    expect(refusal({ ...cancel, merchantId: 21 }, used)).toBe('DEAL_NOT_FOUND');
    expect(refusal({ ...cancel, memberId: 2 }, used)).toBe('DEAL_NOT_FOUND');
    expect(refusal({ ...cancel, dealAmount: 9_999 }, used)).toBe('DEAL_NOT_FOUND');
    expect(refusal({ ...cancel, merchantId: null }, used)).toMatchObject({ type: 'useCancel' });
  });

  it('says nothing about another merchant’s deal, in whatever state it is', () => {
    const states = [
      { cancelledByDealId: 9 },
      { status: 'fail' as const },
      { type: 'useCancel' as const },
    ];
    for (const state of states) {
      expect(refusal({ ...cancel, merchantId: 21 }, { ...used, ...state })).toBe('DEAL_NOT_FOUND');
    }
  });

  it('is refused for what cannot be cancelled', () => {
    for (const status of ['pending', 'fail'] as const) {
      expect(refusal(cancel, { ...used, status })).toBe('DEAL_NOT_CANCELLABLE');
    }
    expect(refusal(cancel, sampleDeal(7, 'useCancel'))).toBe('DEAL_NOT_CANCELLABLE');
    expect(refusal({ ...cancel, originalType: 'save' }, used)).toBe('DEAL_NOT_CANCELLABLE');
  });

  it('is refused the second time, naming the first', () => {
    expect(() =>
      planDeal(cancel, { merchant, original: { ...used, cancelledByDealId: 12 } }, NOW),
    ).toThrow(
      expect.objectContaining({
        code: 'DEAL_ALREADY_CANCELLED',
        detail: { dealId: 7, cancelledByDealId: 12 },
      }),
    );
  });

  it('without an id needs a deal that looks like it', () => {
    const newest = { ...save, kind: 'cancelNewest' as const, originalType: null };
    expect(refusal(newest, null)).toBe('DEAL_NOT_FOUND');
    expect(refusal(newest, used)).toMatchObject({ type: 'useCancel', originalDealId: 7 });
  });
});
