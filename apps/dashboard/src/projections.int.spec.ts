import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALL_MERCHANTS } from './persistence/derive-sums.ts';
import { failedLife, isIdOfLife, ordersOf, saveLife, useLife } from './spec/lives.ts';
import type { Life } from './spec/lives.ts';
import { freshMariadb, startDashboard } from './spec/running-dashboard.ts';
import type { RunningDashboard } from './spec/running-dashboard.ts';
import type { Said } from './spec/said.ts';

type Row = Record<string, unknown>;

const lives = { useLife, saveLife, failedLife };

const tables = [
  ...['deal', 'member', 'merchant', 'balance', 'point_entry', 'deferred_deal'],
  ...['day_total', 'settlement_chunk', 'settlement_run'],
];

/** Everything that is kept of a life, with its ids made small, so that lives can be compared. */
async function keptOf(dashboard: RunningDashboard): Promise<(life: Life) => Record<string, Row[]>> {
  const byId = new Map<unknown, { table: string; row: Row }[]>();
  for (const table of tables) {
    for (const row of await dashboard.rowsOf(table)) {
      for (const id of new Set(Object.values(row).filter(isIdOfLife))) {
        byId.set(id, [...(byId.get(id) ?? []), { table, row }]);
      }
    }
  }
  return ({ memberId, merchantId, dealIds, runId }) => {
    const ids: unknown[] = [memberId, merchantId, ...dealIds, runId];
    const small = new Map(ids.map((id, at) => [id, at]));
    const made = (row: Row): Row =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, small.get(value) ?? value]),
      );
    const own = ids.flatMap((id) => byId.get(id) ?? []);
    const rows = new Map(own.map(({ table, row }) => [row, table]));
    return Object.fromEntries(
      tables.map((table) => [
        table,
        [...rows].flatMap(([row, from]) => (from === table ? [made(row)] : [])),
      ]),
    );
  };
}

async function tell(dashboard: RunningDashboard, tellings: readonly Said[][]): Promise<void> {
  // All lives at once: their events share batches, each life keeps its order.
  await Promise.all(
    tellings.map(async (events) => {
      for (const event of events) await dashboard.hear(event);
    }),
  );
}

const nextOf = (weights: Iterator<number>): number => weights.next().value ?? 0;

describe.each([
  ['SQLite', async () => ({ storage: undefined, drop: async () => {} })],
  ['MariaDB', freshMariadb],
] as const)('projections on %s', (engine, fresh) => {
  let dashboard: RunningDashboard;
  let drop: () => Promise<void>;
  let used = 0;

  beforeAll(async () => {
    const { storage, drop: dropIt } = await fresh();
    drop = dropIt;
    dashboard = await startDashboard(storage);
  });

  afterAll(async () => {
    await dashboard.stop();
    await drop();
  });

  /** The next `count` lives that nobody has told yet. */
  const fresher = (life: (n: number) => Life, count: number): Life[] =>
    Array.from({ length: count }, () => life(used++));

  it.each(Object.entries(lives))('every order of %s ends in the same rows', async (_name, life) => {
    const orders = ordersOf(life(0).events.map((_, at) => at));
    const told = fresher(life, engine === 'SQLite' ? orders.length : 120);
    const step = Math.floor(orders.length / told.length);
    await tell(
      dashboard,
      told.map(({ events }, n) => (orders[n * step] ?? []).flatMap((at) => events[at] ?? [])),
    );
    const kept = await keptOf(dashboard);
    const [first, ...others] = told.map(kept);
    expect(first?.['deal']?.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  });

  it.each(Object.entries(lives))('so does %s with repetitions', async (_name, life) => {
    const [model] = fresher(life, 1);
    if (model === undefined) throw new Error('no life');
    await tell(dashboard, [[...model.events]]);
    const expected = (await keptOf(dashboard))(model);
    const index = fc.nat(model.events.length - 1);
    const telling = fc.tuple(fc.array(index, { maxLength: 12 }), fc.infiniteStream(fc.nat()));
    await fc.assert(
      fc.asyncProperty(fc.array(telling, { minLength: 20, maxLength: 20 }), async (tellings) => {
        const told = fresher(life, tellings.length);
        const shuffled = told.map(({ events }, n) => {
          const [repeated, weights] = tellings[n] ?? [[], [].values()];
          const all = [...events.keys(), ...repeated].map((at) => ({
            at,
            weight: nextOf(weights),
          }));
          return all.sort((a, b) => a.weight - b.weight).flatMap(({ at }) => events[at] ?? []);
        });
        await tell(dashboard, shuffled);
        const kept = await keptOf(dashboard);
        for (const each of told) expect(kept(each)).toEqual(expected);
      }),
      { numRuns: 4 },
    );
  });

  it('the totals of all merchants are those of each together', async () => {
    const totals = await dashboard.rowsOf('day_total');
    const sums = (rows: Row[], column: string): number =>
      rows.reduce((sum, row) => sum + Number(row[column]), 0);
    for (const column of ['deals', 'deal_amount', 'point', 'failed_deals']) {
      const all = totals.filter((row) => row['merchant_id'] === ALL_MERCHANTS);
      const each = totals.filter((row) => row['merchant_id'] !== ALL_MERCHANTS);
      expect(sums(all, column)).toBeGreaterThan(0);
      expect(sums(all, column)).toBe(sums(each, column));
    }
  });
});

describe('what is kept of a life', () => {
  let dashboard: RunningDashboard;
  beforeAll(async () => (dashboard = await startDashboard()));
  afterAll(() => dashboard.stop());

  const endOf = async (life: Life): Promise<Record<string, Row[]>> => {
    await tell(dashboard, [[...life.events]]);
    return (await keptOf(dashboard))(life);
  };

  it('of a cancelled and settled use: both deals, the run with its sums, the closed account', async () => {
    expect(await endOf(useLife(0))).toMatchObject({
      deal: [
        { deal_id: 2, status: 'success', type: 'use', billing_status: 'yes', run_id: 4 },
        { deal_id: 3, type: 'useCancel', original_deal_id: 2, point_outcome: 'applied' },
      ],
      member: [{ member_id: 0, joined_at: null }],
      balance: [{ balance: 0, sequence: 4 }],
      point_entry: [{ delta: 100 }, { delta: -100, kind: 'extinguish', balance: 0 }],
      deferred_deal: [],
      day_total: [
        { merchant_id: 1, day: '2026-11-23', type: 'use', deals: 1, point: 100 },
        { merchant_id: 1, type: 'useCancel', deals: 1, deal_amount: 10_000, failed_deals: 0 },
      ],
      settlement_chunk: [{ run_id: 4, chunk: 1 }],
      settlement_run: [{ deals_named: 2, deals_known: 2, used_points: 100, cancelled_points: 100 }],
    });
  });

  it('of a save that waited: it is deferred no longer, and the balance is below zero', async () => {
    expect(await endOf(saveLife(1))).toMatchObject({
      deal: [{ cancelled_by_deal_id: 3, point_outcome: 'applied' }, { type: 'saveCancel' }],
      balance: [{ balance: 0, sequence: 1, closed_at: null }],
      point_entry: [{ sequence: 2 }, { sequence: 3, balance: -50 }],
      deferred_deal: [],
    });
  });

  it('of a failed use: a failure that counts as such, and the newest name of its merchant', async () => {
    expect(await endOf(failedLife(2))).toMatchObject({
      deal: [{ status: 'fail', fail_reason: 'POINT_UNAVAILABLE' }],
      merchant: [{ name: 'New Name', sequence: 1 }],
      day_total: [{ deals: 0, point: 0, failed_deals: 1 }],
      deferred_deal: [],
    });
  });

  it('a save is deferred until Point has decided', async () => {
    const { events } = saveLife(3);
    await dashboard.hearAll(events.slice(0, 4));
    expect(await dashboard.rowsOf('deferred_deal')).toHaveLength(1);
    await dashboard.hearAll(events.slice(4, 5));
    expect(await dashboard.rowsOf('deferred_deal')).toHaveLength(0);
  });
});
