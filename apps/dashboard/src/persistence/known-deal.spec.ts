import { describe, expect, it } from '@jest/globals';
import { dealType } from '@onepoint/contracts';
import fc from 'fast-check';
import { isSameDeal, joinDeals, pointStatusOf, unknownDeal } from './known-deal.ts';
import type { DealFact, KnownDeal } from './known-deal.ts';

const theDeal: DealFact = {
  ...{ memberId: 1, merchantId: 20, type: 'save', dealAmount: 10_000, point: 100 },
  ...{ dealDate: 1, status: 'success', failReason: null, originalDealId: null },
};

/** What may have been heard of one deal, when Point, Billing and Deal each keep their rules. */
const heard: fc.Arbitrary<KnownDeal> = fc.record({
  dealId: fc.constant(7),
  deal: fc.constantFrom(null, theDeal),
  points: fc.option(
    fc.oneof(
      fc.constant({ outcome: 'applied' as const, reason: null, changedAt: 5 }),
      fc.nat(9).map((at) => ({ outcome: 'waiting' as const, reason: `R${at}`, changedAt: at })),
    ),
  ),
  settlement: fc.option(fc.nat(3).map((runId) => ({ billingId: runId, runId }))),
  cancelledByDealId: fc.option(fc.nat(3)),
});

describe('joining what is known of a deal', () => {
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(heard, heard, heard, (a, b, c) => {
        expect(joinDeals(a, b)).toEqual(joinDeals(b, a));
        expect(joinDeals(joinDeals(a, b), c)).toEqual(joinDeals(a, joinDeals(b, c)));
      }),
    );
  });

  it('learns nothing from what it knows', () => {
    fc.assert(
      fc.property(heard, heard, (a, b) => {
        const both = joinDeals(a, b);
        expect(isSameDeal(both, joinDeals(both, a))).toBe(true);
        expect(isSameDeal(both, joinDeals(both, b))).toBe(true);
        expect(joinDeals(unknownDeal(7), a)).toEqual(a);
      }),
    );
  });
});

describe('a decision about points', () => {
  it('stands, however late the clock was that told of waiting', () => {
    const decided = { outcome: 'applied', reason: null, changedAt: 5 } as const;
    const waits = { outcome: 'waiting', reason: 'MEMBER_UNKNOWN', changedAt: 9 } as const;
    const one = { ...unknownDeal(7), points: waits };
    const other = { ...unknownDeal(7), points: decided };
    expect(joinDeals(one, other).points).toEqual(decided);
    expect(joinDeals(other, one).points).toEqual(decided);
  });
});

describe('where the points of a deal stand', () => {
  const known = { ...unknownDeal(7), deal: theDeal };
  const waiting = { outcome: 'waiting', reason: 'MEMBER_UNKNOWN', changedAt: 1 } as const;

  it.each(dealType.options)('of a %s that Point has said nothing of', (type) => {
    const deal = { ...theDeal, type };
    expect(pointStatusOf({ ...known, deal })).toBe(type === 'use' ? 'applied' : 'deferred');
  });

  it.each([
    [null, 'deferred'],
    [waiting, 'deferred'],
    [{ ...waiting, outcome: 'applied' } as const, 'applied'],
    [{ ...waiting, outcome: 'void' } as const, 'void'],
  ])('of a save when Point says %j', (points, expected) => {
    expect(pointStatusOf({ ...known, points })).toBe(expected);
  });

  it('is nothing to speak of for a failed deal and for one that is not known', () => {
    expect(pointStatusOf({ ...known, deal: { ...theDeal, status: 'fail' } })).toBeNull();
    expect(pointStatusOf({ ...unknownDeal(7), points: waiting })).toBeNull();
  });
});
