import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventDataOf } from '@onepoint/contracts';
import { BillingPlace } from './test-billing.ts';
import { thisMonth } from './test-months.ts';
import { until } from './test-until.ts';
import { HandTransport } from './test-transport.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const LINES = 19_345;

/** The deals that were announced, in the order of the events. */
function announced(
  said: readonly { readonly data: EventDataOf<'billing.settled.v1'> }[],
): number[] {
  return said.flatMap(({ data }) => data.dealIds);
}

describe.each(['sqlite', 'mysql'] as const)('a large run on %s', (dialect) => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace(dialect);
    // Slow enough that the rest is told when the test wants it.
    await place.start({ BILLING_ANNOUNCE_EVERY_MS: '60000' });
    await place.register();
    const deals = Array.from({ length: LINES }, (_, at) => ({ dealId: at + 1, point: 1 }));
    for (let from = 0; from < LINES; from += 2_000) {
      await place.hear(...deals.slice(from, from + 2_000));
    }
  });
  afterEach(() => place.remove());

  it('is told in chunks, the rest after a crash, and every deal once', async () => {
    expect(await place.settle()).toMatchObject({
      status: 201,
      body: { netPoints: LINES, runs: [{ dealCount: LINES }] },
    });
    const first = await place.transport.saidAtLeast(32);
    expect(announced(first)).toHaveLength(16_000);
    // The process ends here, with seven chunks still to be told.
    await place.stop();
    await place.start();
    const said = await place.transport.saidAtLeast(39);
    await until('nothing is waiting to be told', async () => {
      const rows = await place.inDatabase((tx) => tx.query('SELECT run_id FROM run_announcement'));
      return rows.length === 0;
    });
    expect(said.map(({ data }) => data.chunk)).toEqual(
      Array.from({ length: 39 }, (_, at) => at + 1),
    );
    expect(said.map(({ sequence }) => sequence)).toEqual(said.map(({ data }) => data.chunk));
    expect(new Set(said.map(({ data }) => data.chunks))).toEqual(new Set([39]));
    expect(announced(said)).toHaveLength(LINES);
    expect(new Set(announced(said)).size).toBe(LINES);

    await place.hear({ dealId: LINES + 1, point: 1 });
    await place.settle();
    const [last] = (await place.transport.saidAtLeast(40)).slice(-1);
    expect(last).toMatchObject({ sequence: 40, data: { chunk: 1, chunks: 1 } });
  });
});

describe('two replicas on one database', () => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace('mysql');
    await place.start();
    await place.register();
  });
  afterEach(() => place.remove());

  it('settle every line once, while lines arrive at both and both are asked', async () => {
    const otherTransport = new HandTransport();
    const other = await place.start({}, otherTransport);
    const deals = Array.from({ length: 400 }, (_, at) => ({
      dealId: at + 1,
      point: (at % 97) + 1,
    }));
    const total = deals.reduce((sum, { point }) => sum + point, 0);
    const data = (dealId: number, point: number): EventDataOf<'deal.used.v1'> => ({
      dealId,
      memberId: 1,
      merchantId: 20,
      dealAmount: 1,
      point,
      dealDate: new Date().toISOString(),
      earnRateBps: 100,
      commissionBps: 200,
      earnChargeBps: 0,
    });
    const body = { merchantId: 20, billingMonth: thisMonth };
    const statuses = new Set<number>();
    const settle = async (service?: typeof other): Promise<void> => {
      statuses.add((await place.ask('POST', '/billings', body, {}, service)).status);
    };
    for (let from = 0; from < deals.length; from += 40) {
      const arriving = deals.slice(from, from + 40);
      await Promise.all([
        place.hear(...arriving),
        // The broker delivers the same events to the other replica as well.
        ...arriving.map(({ dealId, point }) =>
          otherTransport.tell('deal.used.v1', data(dealId, point)),
        ),
        ...[1, 2, 3].flatMap(() => [settle(), settle(other)]),
      ]);
    }
    await Promise.all(Array.from({ length: 10 }, () => [settle(), settle(other)]).flat());
    expect([...statuses].sort()).toEqual([200, 201]);
    const commission = Math.floor(total / 50);
    const { body: billing } = await place.settle();
    expect(billing).toMatchObject({
      netPoints: total,
      commission,
      billingAmount: total - commission,
    });

    const runs = billing['runs'] as { dealCount: number; billingAmount: number }[];
    const sum = (values: number[]): number => values.reduce((added, value) => added + value, 0);
    expect(sum(runs.map(({ dealCount }) => dealCount))).toBe(400);
    expect(sum(runs.map(({ billingAmount }) => billingAmount))).toBe(total - commission);
    await until('all deals are announced', async () => {
      const both = [...place.transport.said, ...otherTransport.said];
      return announced(both).length >= 400;
    });
    const both = announced([...place.transport.said, ...otherTransport.said]);
    expect(both.toSorted((a, b) => a - b)).toEqual(deals.map(({ dealId }) => dealId));
  });
});
