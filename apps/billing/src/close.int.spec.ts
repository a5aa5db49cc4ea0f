import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import { calendar, monthsAgo, thisMonth } from './test-months.ts';
import { until } from './test-until.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const month = monthsAgo(1);
const at = calendar.startOfMonth(month);

describe.each(['sqlite', 'mysql'] as const)('a close on %s', (dialect) => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace(dialect);
    await place.start();
  });
  afterEach(() => place.remove());

  /** Every merchant uses its own id in points. */
  async function deals(merchants: readonly number[], hear = true): Promise<void> {
    const made = merchants.map((merchantId) => ({
      dealId: merchantId,
      merchantId,
      point: merchantId,
      at,
    }));
    await Promise.all(merchants.map((merchantId) => place.register(merchantId)));
    await (hear ? place.happen(...made) : Promise.resolve(place.count(...made)));
  }

  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  const begin = (billingMonth = month) => place.ask('POST', '/billings/close', { billingMonth });

  async function done(billingMonth = month): Promise<Record<string, unknown>> {
    let body: Record<string, unknown> = {};
    await until('the close is done', async () => {
      ({ body } = await place.ask('GET', `/billings/close/${billingMonth}`));
      return body['state'] === 'done';
    });
    return body;
  }

  it('settles every merchant of the month', async () => {
    await deals(range(1, 450));
    const begun = await begin();
    expect(begun).toMatchObject({ status: 202, body: { billingMonth: month, pass: 1 } });
    expect(await done()).toMatchObject({
      merchants: 450,
      settled: 450,
      waiting: 0,
      problems: 0,
      code: null,
      netPoints: (450 * 451) / 2,
      problemsOf: [],
    });
    const said = await place.transport.saidAtLeast(450);
    expect(new Set(said.flatMap(({ data }) => data.dealIds)).size).toBe(450);
    // Deal was asked by the page, not merchant by merchant.
    expect(place.deal.asked).toHaveLength(3);
  });

  it('is the same close when it is asked for again', async () => {
    await deals([1, 2]);
    await begin();
    const first = await done();
    const again = await begin();
    expect(again).toMatchObject({ status: 202, body: first });
    expect(await done()).toEqual(first);
    expect(await place.transport.saidAtLeast(2)).toHaveLength(2);
  });

  it('is one close when many ask at once', async () => {
    await deals(range(1, 20));
    await Promise.all(range(1, 10).map(() => begin()));
    expect(await done()).toMatchObject({ merchants: 20, settled: 20, pass: 1 });
    expect(await place.transport.saidAtLeast(20)).toHaveLength(20);
  });

  it('is not stopped by a merchant’s problem, and tries it again when asked again', async () => {
    await deals([1, 2, 3]);
    await deals([4], false);
    // A sum that no number can hold.
    await place.inDatabase((tx) =>
      tx.execute('UPDATE settlement_line SET point = ? WHERE deal_id = 2', [2 ** 53 - 1]),
    );
    await place.happen({ dealId: 5, merchantId: 2, point: 2 ** 52, at });
    await begin();
    const first = await done();
    expect(first).toMatchObject({ merchants: 4, settled: 2, problems: 2, waiting: 0, pass: 1 });
    const problems = first['problemsOf'] as { merchantId: number; code: string }[];
    expect(problems.map(({ merchantId }) => merchantId)).toEqual([2, 4]);
    expect(problems[1]?.code).toBe('SETTLEMENT_INCOMPLETE');

    await place.inDatabase((tx) =>
      tx.execute('UPDATE settlement_line SET point = 2 WHERE deal_id = 2'),
    );
    await place.hear({ dealId: 4, merchantId: 4, point: 4, at });
    await begin();
    expect(await done()).toMatchObject({ merchants: 4, settled: 4, problems: 0, pass: 2 });
  });

  it('gives events that are on their way a moment', async () => {
    await place.stop();
    await place.start({ BILLING_COMPLETENESS_WAIT_MS: '2000' });
    await deals([1, 2]);
    await deals([3], false);
    await begin();
    await until('the others are settled', async () => {
      const { body } = await place.ask('GET', `/billings/close/${month}`);
      return body['settled'] === 2;
    });
    await place.hear({ dealId: 3, merchantId: 3, point: 3, at });
    expect(await done()).toMatchObject({ settled: 3, problems: 0, pass: 1 });
  });

  it('ends when Deal cannot be asked, and says why', async () => {
    await deals([1, 2]);
    place.deal.mood = 'gone';
    await begin();
    expect(await done()).toMatchObject({
      code: 'DEAL_UNAVAILABLE',
      settled: 0,
      problems: 2,
      problemsOf: [{ code: 'DEAL_UNAVAILABLE' }, { code: 'DEAL_UNAVAILABLE' }],
    });
    place.deal.mood = 'well';
    await begin();
    expect(await done()).toMatchObject({ code: null, settled: 2, problems: 0, pass: 2 });
  });

  it('of the running month settles what is there, and what came since when asked again', async () => {
    await place.register();
    await place.hear({ dealId: 1 });
    await begin(thisMonth);
    expect(await done(thisMonth)).toMatchObject({ settled: 1, netPoints: 100 });
    await place.hear({ dealId: 2 }, { dealId: 3, merchantId: 21 });
    await begin(thisMonth);
    expect(await done(thisMonth)).toMatchObject({ settled: 2, netPoints: 300, pass: 2 });
    expect(place.deal.asked).toEqual([]);
  });

  it('is carried on by another process when the first one is gone', async () => {
    await deals(range(1, 40));
    await place.stop();
    // What a process leaves behind that was killed in the middle of its work.
    await place.inDatabase(async (tx) => {
      await tx.insertRows('month_close', [
        {
          billing_month: month,
          state: 'running',
          pass_no: 1,
          started_at: 1,
          finished_at: null,
          code: null,
          owner: 'somebody who is gone',
          lease_until: Date.now() + 300,
        },
      ]);
      await tx.insertRows(
        'close_merchant',
        range(1, 40).map((merchantId) => ({
          billing_month: month,
          merchant_id: merchantId,
          state: merchantId <= 15 ? 'settled' : 'waiting',
          code: null,
          noted_at: 1,
        })),
      );
    });
    await place.start();
    expect(await done()).toMatchObject({ merchants: 40, settled: 40, waiting: 0, pass: 1 });
  });

  it('can be asked after only when somebody began it', async () => {
    expect(await place.ask('GET', `/billings/close/${month}`)).toMatchObject({
      status: 404,
      body: { code: 'CLOSE_NOT_FOUND' },
    });
    const future = calendar.monthOf(calendar.endOfMonth(thisMonth));
    expect(await begin(future)).toMatchObject({ status: 422, body: { code: 'MONTH_IN_FUTURE' } });
  });
});
