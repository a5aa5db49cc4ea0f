import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import { thisMonth } from './test-months.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

/** Every order of a list. */
function ordersOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, place) =>
    ordersOf(items.toSpliced(place, 1)).map((rest) => [first, ...rest]),
  );
}

describe.each(['sqlite', 'mysql'] as const)('what Billing hears of a month, on %s,', (engine) => {
  const place = new BillingPlace(engine);
  beforeAll(() => place.start());
  afterAll(() => place.remove());

  it('is the same statement in every order, repetitions included', async () => {
    const statements: unknown[] = [];
    for (const [at, order] of ordersOf([0, 1, 2, 3]).entries()) {
      const [merchantId, deal] = [1_000 + at, 10 * at];
      const used = { dealId: deal + 1, merchantId, point: 500 };
      const cancel = { dealId: deal + 2, merchantId, point: 500, type: 'useCancel' } as const;
      const other = { dealId: deal + 3, merchantId, point: 70, commissionBps: 300 };
      place.count(used, cancel, other);
      const tellings = [
        () => place.register(merchantId, 1),
        () => place.hear(used, other),
        () => place.hear(cancel, used),
        () => place.hear(other),
      ];
      for (const telling of order) await tellings[telling]!();
      const { status, body } = await place.settle(thisMonth, merchantId);
      expect(status).toBe(201);
      const { usedPoints, cancelledPoints, netPoints, commission, billingAmount } = body;
      const totals = { usedPoints, cancelledPoints, netPoints, commission, billingAmount };
      statements.push({ ...totals, terms: body['terms'] });
    }
    const [first, ...others] = statements;
    expect(first).toMatchObject({ usedPoints: 570, cancelledPoints: 500, netPoints: 70 });
    for (const other of others) expect(other).toEqual(first);
  });
});
