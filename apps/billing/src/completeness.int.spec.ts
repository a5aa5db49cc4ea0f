import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import type { Dealing } from './test-billing.ts';
import { calendar, monthsAgo } from './test-months.ts';
import { until } from './test-until.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const month = monthsAgo(1);
const at = calendar.startOfMonth(month);

describe.each(['sqlite', 'mysql'] as const)('completeness on %s', (dialect) => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace(dialect);
    await place.start();
    await place.register();
  });
  afterEach(() => place.remove());

  const uses = (...dealIds: number[]): Dealing[] => dealIds.map((dealId) => ({ dealId, at }));

  it('of a finished month is asked for: what is still on its way is not settled over', async () => {
    await place.happen(...uses(1, 2));
    place.count({ dealId: 3, type: 'useCancel', point: 40, at });
    expect(await place.settle(month)).toMatchObject({
      status: 409,
      body: {
        code: 'SETTLEMENT_INCOMPLETE',
        deal: { useCount: 2, usedPoints: 200, cancelCount: 1, cancelledPoints: 40 },
        billing: { useCount: 2, usedPoints: 200, cancelCount: 0, cancelledPoints: 0 },
      },
    });
    expect(place.transport.said).toEqual([]);
    await place.hear({ dealId: 3, type: 'useCancel', point: 40, at });
    expect(await place.settle(month)).toMatchObject({ status: 201, body: { netPoints: 160 } });
  });

  it('is waited for while events are arriving', async () => {
    await place.stop();
    await place.start({ BILLING_COMPLETENESS_WAIT_MS: '10000' });
    await place.happen(...uses(1));
    place.count(...uses(2, 3));
    const settled = place.settle(month);
    await until('Deal is asked a second time', async () => place.deal.asked.length > 1);
    await place.hear(...uses(2));
    await place.hear(...uses(3));
    expect(await settled).toMatchObject({ status: 201, body: { netPoints: 300 } });
  });

  it('is missing also when Billing has more than Deal', async () => {
    await place.hear(...uses(1));
    expect(await place.settle(month)).toMatchObject({
      status: 409,
      body: { code: 'SETTLEMENT_INCOMPLETE', deal: { useCount: 0 }, billing: { useCount: 1 } },
    });
  });

  it('is asked for again when everything that Billing has is settled', async () => {
    await place.happen(...uses(1));
    expect((await place.settle(month)).status).toBe(201);
    expect((await place.settle(month)).status).toBe(200);
    place.count(...uses(2));
    expect((await place.settle(month)).status).toBe(409);
    await place.hear(...uses(2));
    expect(await place.settle(month)).toMatchObject({
      status: 201,
      body: { netPoints: 200, runs: [{ netPoints: 100 }, { netPoints: 100 }] },
    });
  });

  it.each(['refusing', 'babbling', 'gone'] as const)(
    'cannot be known while Deal is %s: nothing is settled on guesses',
    async (mood) => {
      await place.happen(...uses(1));
      place.deal.mood = mood;
      const answer = await place.settle(month);
      expect(answer).toMatchObject({ status: 503, body: { code: 'DEAL_UNAVAILABLE' } });
      expect(answer.headers.get('retry-after')).not.toBeNull();
      expect((await place.ask('GET', `/billings?merchantId=20`)).body['items']).toEqual([]);
      place.deal.mood = 'well';
      expect((await place.settle(month)).status).toBe(201);
    },
  );

  it('of the running month is nobody’s question: what is there is settled', async () => {
    place.deal.mood = 'gone';
    await place.hear({ dealId: 1 });
    expect((await place.settle()).status).toBe(201);
    expect(place.deal.asked).toEqual([]);
  });

  it('becomes a question at the moment the month turns', async () => {
    place.count(...uses(1));
    place.setNow(calendar.endOfMonth(month) - 1);
    expect((await place.settle(month)).status).toBe(200);
    place.setNow(calendar.endOfMonth(month));
    expect((await place.settle(month)).status).toBe(409);
  });

  describe('and the reconciliation', () => {
    const reconciled = async (query = ''): Promise<Record<string, unknown>> =>
      (await place.ask('GET', `/billings/reconciliation?billingMonth=${month}${query}`)).body;

    it('shows both sides and names the deals that differ', async () => {
      await place.register(21);
      await place.happen(...uses(1, 2), { dealId: 9, merchantId: 21, at });
      await place.settle(month);
      place.count(...uses(3));
      await place.hear(...uses(4));
      for (const deal of place.deal.deals) if (deal.dealId === 2) deal.point = 99;
      const use = (dealId: number, point = 100) => ({ dealId, type: 'use', point });
      expect(await reconciled()).toEqual({
        items: [
          {
            merchantId: 20,
            same: false,
            deal: { useCount: 3, usedPoints: 299, cancelCount: 0, cancelledPoints: 0 },
            billing: { useCount: 3, usedPoints: 300, cancelCount: 0, cancelledPoints: 0 },
            differences: [
              { dealId: 2, deal: use(2, 99), billing: use(2) },
              { dealId: 3, deal: use(3), billing: null },
              { dealId: 4, deal: null, billing: use(4) },
            ],
          },
          expect.objectContaining({ merchantId: 21, same: true, differences: [] }),
        ],
        nextCursor: null,
      });
      expect((await reconciled('&merchantId=21'))['items']).toHaveLength(1);
    });

    it('finds a difference behind hundreds of deals that agree', async () => {
      const many = Array.from({ length: 450 }, (_, index) => index + 1);
      await place.happen(...uses(...many));
      place.count(...uses(451));
      const { items } = await reconciled();
      expect(items).toMatchObject([{ differences: [{ dealId: 451, billing: null }] }]);
    });

    it('goes through all merchants page by page, whichever side has them', async () => {
      const both = [3, 6, 9, 12].map((merchantId) => ({ dealId: merchantId, merchantId, at }));
      const dealOnly = [4, 11].map((merchantId) => ({ dealId: merchantId, merchantId, at }));
      const ownOnly = [1, 2, 5, 7, 8, 13, 14].map((merchantId) => ({
        dealId: merchantId,
        merchantId,
        at,
      }));
      await place.happen(...both);
      place.count(...dealOnly);
      await place.hear(...ownOnly);
      const seen: [number, boolean][] = [];
      let cursor = '';
      for (let pages = 0; pages < 20; pages += 1) {
        const body = await reconciled(`&limit=2${cursor}`);
        const items = body['items'] as { merchantId: number; same: boolean }[];
        expect(items.length).toBeLessThanOrEqual(2);
        seen.push(...items.map(({ merchantId, same }): [number, boolean] => [merchantId, same]));
        if (body['nextCursor'] === null) break;
        cursor = `&cursor=${String(body['nextCursor'])}`;
      }
      const all = [...both, ...dealOnly, ...ownOnly].map(({ merchantId }) => merchantId);
      expect(seen.map(([merchantId]) => merchantId)).toEqual(all.sort((a, b) => a - b));
      expect(seen.filter(([, same]) => same).map(([merchantId]) => merchantId)).toEqual([
        3, 6, 9, 12,
      ]);
    });

    it('says so when Deal cannot be asked', async () => {
      place.deal.mood = 'gone';
      expect(await reconciled()).toMatchObject({ code: 'DEAL_UNAVAILABLE' });
    });
  });
});
