import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { totalsOf } from './billing-totals.ts';
import { anyDeal, plainReckoning, sumsOf } from './test-deals.ts';
import type { SummedDeal } from './test-deals.ts';
import { addSums, SumTooLarge } from './term-sums.ts';

const use = (point: number, commissionBps = 200): SummedDeal => ({
  type: 'use',
  point,
  commissionBps,
  earnChargeBps: 0,
});
const cancel = (point: number, commissionBps = 200): SummedDeal => ({
  ...use(point, commissionBps),
  type: 'useCancel',
});
const save = (point: number, earnChargeBps: number): SummedDeal => ({
  type: 'save',
  point,
  commissionBps: 200,
  earnChargeBps,
});
const totals = (...deals: readonly SummedDeal[]) => totalsOf(sumsOf(deals));

describe('what a month comes to', () => {
  it('is 98 for 100 used points at 2 %', () => {
    expect(totals(use(100))).toMatchObject({ netPoints: 100, commission: 2, billingAmount: 98 });
  });

  it.each([
    [49, 0, 49],
    [50, 1, 49],
    [99, 1, 98],
    [0, 0, 0],
  ])('of %i points keeps %i and pays %i: the fraction is the merchant’s', (point, fee, paid) => {
    expect(totals(use(point))).toMatchObject({ commission: fee, billingAmount: paid });
  });

  it('is nothing for a use and its cancel, under the rate of the use', () => {
    expect(totals(use(49, 150), cancel(49, 150))).toMatchObject({
      netPoints: 0,
      commission: 0,
      billingAmount: 0,
    });
  });

  it('mirrors below zero what it is above', () => {
    expect(totals(cancel(20_000))).toMatchObject({ commission: -400, billingAmount: -19_600 });
    expect(totals(cancel(99))).toMatchObject({ commission: -1, billingAmount: -98 });
    expect(Object.is(totals(cancel(49)).commission, 0)).toBe(true);
  });

  it('rounds once over all deals and rates, not deal by deal', () => {
    expect(totals(...Array.from({ length: 100 }, () => use(49)))).toMatchObject({ commission: 98 });
    expect(totals(use(25, 200), use(50, 100))).toMatchObject({ commission: 1 });
  });

  it('charges for points issued when the terms say so, apart from the points used', () => {
    expect(totals(use(1_000), save(999, 5_000), save(500, 0))).toMatchObject({
      billingAmount: 980,
      earnCharge: 499,
      net: 481,
    });
  });

  it('is exact where a product is beyond what a number holds', () => {
    const huge = 9_007_199_254_740_881;
    expect(totals(use(huge, 9_999)).commission).toBe(9_006_298_534_815_406);
  });

  it('refuses sums that a number cannot hold', () => {
    const half = use(2 ** 52);
    expect(() => totals(half, half)).toThrow(SumTooLarge);
    expect(() => addSums(sumsOf([half]), sumsOf([half]))).toThrow(SumTooLarge);
  });

  it('agrees with the plain reckoning, whatever the deals', () => {
    fc.assert(
      fc.property(fc.array(anyDeal, { maxLength: 60 }), (deals) => {
        expect(totals(...deals)).toMatchObject(plainReckoning(deals));
      }),
    );
  });

  it('does not depend on the order, nor on how the deals were added up before', () => {
    fc.assert(
      fc.property(
        fc.array(anyDeal, { maxLength: 40 }),
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        (deals, draw) => {
          const shuffled = deals
            .map((deal, at) => ({ deal, rank: draw[at] ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ deal }) => deal);
          expect(totalsOf(addSums(sumsOf(shuffled)))).toEqual(totals(...deals));
        },
      ),
    );
  });
});
