import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import { calendar, monthsAgo, thisMonth } from './test-months.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

describe.each(['sqlite', 'mysql'] as const)('months on %s', (dialect) => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace(dialect);
    await place.start();
    await place.register();
  });
  afterEach(() => place.remove());

  it('puts a cancel of an earlier month’s use into the month of the cancel, below zero', async () => {
    const [march, april] = [monthsAgo(3), monthsAgo(2)];
    await place.happen({ dealId: 1, point: 100_000, at: calendar.startOfMonth(march) });
    expect((await place.settle(march)).body).toMatchObject({ billingAmount: 98_000 });
    await place.happen(
      { dealId: 2, point: 30_000, at: calendar.startOfMonth(april) },
      { dealId: 3, type: 'useCancel', point: 50_000, at: calendar.endOfMonth(april) - 1 },
    );
    expect((await place.settle(april)).body).toMatchObject({
      usedPoints: 30_000,
      cancelledPoints: 50_000,
      netPoints: -20_000,
      commission: -400,
      billingAmount: -19_600,
      payable: 0,
      closing: -19_600,
    });
    expect((await place.settle(march)).body).toMatchObject({ billingAmount: 98_000 });
  });

  it('carries a negative month into the next ones until it is set off', async () => {
    const months = [monthsAgo(3), monthsAgo(2), monthsAgo(1)] as const;
    const at = months.map((month) => calendar.startOfMonth(month));
    await place.happen(
      { dealId: 1, point: 100_000, at: at[0] ?? 0 },
      { dealId: 2, point: 30_000, at: at[1] ?? 0 },
      { dealId: 3, type: 'useCancel', point: 50_000, at: at[1] ?? 0 },
      { dealId: 4, point: 120_000, at: at[2] ?? 0 },
    );
    const paid = [];
    for (const month of months) {
      const { body } = await place.settle(month);
      paid.push([body['opening'], body['net'], body['payable'], body['closing']]);
    }
    expect(paid).toEqual([
      [0, 98_000, 98_000, 0],
      [0, -19_600, 0, -19_600],
      [-19_600, 117_600, 98_000, 0],
    ]);
    const { items } = (await place.ask('GET', '/billings?merchantId=20')).body;
    const openings = (items as { opening: number }[]).map(({ opening }) => opening);
    expect(openings.toSorted((a, b) => a - b)).toEqual([-19_600, 0, 0]);
  });

  it('draws the line between months at midnight in Seoul, to the millisecond', async () => {
    const [first, second] = [monthsAgo(2), monthsAgo(1)];
    const midnight = calendar.startOfMonth(second);
    expect(new Date(midnight).toISOString()).toMatch(/T15:00:00\.000Z$/);
    await place.happen(
      { dealId: 1, point: 10, at: midnight - 1 },
      { dealId: 2, point: 200, at: midnight },
      { dealId: 3, point: 3_000, at: calendar.endOfMonth(second) - 1 },
      { dealId: 4, point: 40_000, at: calendar.endOfMonth(second) },
    );
    expect((await place.settle(first)).body).toMatchObject({ usedPoints: 10 });
    expect((await place.settle(second)).body).toMatchObject({ usedPoints: 3_200 });
    expect((await place.settle(thisMonth)).body).toMatchObject({ usedPoints: 40_000 });
  });
});
