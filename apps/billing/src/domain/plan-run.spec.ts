import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { totalsOf } from './billing-totals.ts';
import { LinesMissing, planRun } from './plan-run.ts';
import type { RunPlan } from './plan-run.ts';
import { anyDeal, plainReckoning, sumsOf } from './test-deals.ts';
import type { SummedDeal } from './test-deals.ts';
import type { TermSums } from './term-sums.ts';

const use = (point: number): SummedDeal => ({
  type: 'use',
  point,
  commissionBps: 200,
  earnChargeBps: 0,
});

/** Settles deals batch by batch, as they would have arrived between runs. */
function settleAll(batches: readonly (readonly SummedDeal[])[]): RunPlan[] {
  const plans: RunPlan[] = [];
  let before: readonly TermSums[] = [];
  let settled = 0;
  for (const batch of batches) {
    const lines = { first: settled + 1, last: settled + batch.length };
    const plan = planRun(1, before, lines, sumsOf(batch));
    plans.push(plan);
    before = plan.allSums;
    settled = lines.last;
  }
  return plans;
}

describe('a run', () => {
  it('is worth the difference that it makes to the billing', () => {
    const [first, second] = settleAll([[use(49)], [use(49)]]);
    expect(first?.made).toMatchObject({ netPoints: 49, commission: 0, billingAmount: 49 });
    expect(second?.made).toMatchObject({ netPoints: 49, commission: 1, billingAmount: 48 });
    expect(second?.totals).toMatchObject({ netPoints: 98, commission: 1, billingAmount: 97 });
  });

  it('adds up with all others to the billing, in whatever portions the deals came (P9)', () => {
    const portions = fc.array(fc.array(anyDeal, { minLength: 1, maxLength: 10 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(portions, (batches) => {
        const plans = settleAll(batches);
        const added = { netPoints: 0, commission: 0, billingAmount: 0, earnCharge: 0, net: 0 };
        let dealCount = 0;
        for (const { made } of plans) {
          for (const name of Object.keys(added) as (keyof typeof added)[])
            added[name] += made[name];
          dealCount += made.dealCount;
        }
        expect(added).toEqual(plainReckoning(batches.flat()));
        expect(dealCount).toBe(batches.flat().length);
        expect(plans.at(-1)?.totals ?? totalsOf([])).toMatchObject(added);
      }),
    );
  });

  it.each([
    ['fewer', { first: 1, last: 3 }],
    ['more', { first: 1, last: 1 }],
    ['no', { first: 1, last: 0 }],
  ])('is not made of %s lines than its places say', (_what, lines) => {
    expect(() => planRun(1, [], lines, sumsOf([use(1), use(2)]))).toThrow(LinesMissing);
  });
});
