import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import { thisMonth } from './test-months.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

describe.each(['sqlite', 'mysql'] as const)('settlement on %s', (dialect) => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace(dialect);
    await place.start();
    await place.register();
  });
  afterEach(() => place.remove());

  it('pays 98 for 100 used points, and the same again when it is asked again', async () => {
    await place.happen({ dealId: 3, point: 100 });
    const first = await place.settle();
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      merchantId: 20,
      billingMonth: thisMonth,
      usedPoints: 100,
      cancelledPoints: 0,
      netPoints: 100,
      commission: 2,
      billingAmount: 98,
      payable: 98,
      runs: [{ dealCount: 1, netPoints: 100, billingAmount: 98 }],
    });
    const second = await place.settle();
    expect(second).toMatchObject({ status: 200, body: first.body });
    const [said] = await place.transport.saidAtLeast(1);
    expect(said).toMatchObject({
      type: 'billing.settled',
      subject: `billing/${String(first.body['id'])}`,
      sequence: 1,
      data: { merchantId: 20, billingMonth: thisMonth, chunk: 1, chunks: 1, dealIds: [3] },
    });
    expect(place.transport.said).toHaveLength(1);
  });

  it('understands the seed’s spelling', async () => {
    await place.happen({ dealId: 3 });
    const body = { mercharntId: ' 0020', billingMonth: thisMonth };
    expect(await place.ask('POST', '/billings', body)).toMatchObject({
      status: 201,
      body: { merchantId: 20, billingAmount: 98 },
    });
  });

  it('makes a second run for lines that turn up later, worth the difference', async () => {
    await place.happen({ dealId: 1, point: 49 });
    expect((await place.settle()).body).toMatchObject({ commission: 0, billingAmount: 49 });
    await place.happen({ dealId: 2, point: 49 });
    const { status, body } = await place.settle();
    expect(status).toBe(201);
    // 98 × 2 % = 1.96: one won, taken once over all runs and not lost by rounding each.
    expect(body).toMatchObject({
      netPoints: 98,
      commission: 1,
      billingAmount: 97,
      runs: [
        { netPoints: 49, billingAmount: 49 },
        { netPoints: 49, billingAmount: 48 },
      ],
    });
    const said = await place.transport.saidAtLeast(2);
    expect(said.map(({ sequence, data }) => [sequence, data.dealIds])).toEqual([
      [1, [1]],
      [2, [2]],
    ]);
  });

  it('counts a deal once however often it is heard of', async () => {
    const deal = { dealId: 1, point: 100 };
    await place.happen(deal);
    await place.hear(deal, deal);
    await place.settle();
    await place.hear(deal);
    expect(await place.settle()).toMatchObject({ status: 200, body: { usedPoints: 100 } });
  });

  it('answers a month with nothing in it by a billing without runs, and keeps no run', async () => {
    const answer = await place.settle();
    expect(answer).toMatchObject({
      status: 200,
      body: { usedPoints: 0, netPoints: 0, commission: 0, billingAmount: 0, runs: [] },
    });
    expect(place.transport.said).toEqual([]);
    const list = await place.ask('GET', '/billings?merchantId=20');
    expect(list.body).toEqual({ items: [], nextCursor: null });
  });

  it('settles each deal under the rate that it was made under', async () => {
    await place.happen(
      { dealId: 1, point: 1_000, commissionBps: 200 },
      { dealId: 2, point: 1_000, commissionBps: 150 },
      // 0.5 + 0.5 at different rates make a whole won only together.
      { dealId: 3, point: 25, commissionBps: 200 },
      { dealId: 4, point: 50, commissionBps: 100 },
      { dealId: 5, type: 'useCancel', point: 1_000, commissionBps: 200 },
    );
    expect((await place.settle()).body).toMatchObject({
      netPoints: 1_075,
      commission: 16,
      billingAmount: 1_059,
    });
  });

  it('keeps saves out of it unless the merchant is charged for them', async () => {
    await place.happen(
      { dealId: 1, type: 'save', point: 1_000 },
      { dealId: 2, type: 'save', point: 1_000, earnChargeBps: 5_000 },
      { dealId: 3, type: 'saveCancel', point: 501, earnChargeBps: 5_000 },
      { dealId: 4, point: 1_000, earnChargeBps: 5_000 },
    );
    const { body } = await place.settle();
    expect(body).toMatchObject({
      usedPoints: 1_000,
      billingAmount: 980,
      earnedPoints: 1_000,
      earnCancelledPoints: 501,
      earnCharge: 249,
      net: 731,
      payable: 731,
      runs: [{ dealCount: 3 }],
    });
    const [said] = await place.transport.saidAtLeast(1);
    expect(said?.data.dealIds.toSorted()).toEqual([2, 3, 4]);
  });

  it('makes one run when twenty ask at once', async () => {
    await place.happen(...Array.from({ length: 50 }, (_, at) => ({ dealId: at + 1, point: 7 })));
    const answers = await Promise.all(Array.from({ length: 20 }, () => place.settle()));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ netPoints: 350, runs: [{ dealCount: 50 }] });
  });

  it('is one settlement for all merchants that ask for their own', async () => {
    await place.register(21);
    await place.happen({ dealId: 1, point: 100 }, { dealId: 2, point: 300, merchantId: 21 });
    expect((await place.settle(thisMonth, 21)).body).toMatchObject({ billingAmount: 294 });
    expect((await place.settle(thisMonth, 20)).body).toMatchObject({ billingAmount: 98 });
  });
});
