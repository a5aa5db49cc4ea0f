import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Database, Transaction } from '@onepoint/persistence';
import { pointChanged, save, settled, use } from '../spec/lives.ts';
import { freshMariadb, startDashboard } from '../spec/running-dashboard.ts';
import type { RunningDashboard } from '../spec/running-dashboard.ts';

let one: RunningDashboard;
let other: RunningDashboard;
let drop: () => Promise<void>;

beforeAll(async () => {
  const mariadb = await freshMariadb();
  drop = mariadb.drop;
  one = await startDashboard(mariadb.storage);
  other = await startDashboard(mariadb.storage);
});

afterAll(async () => {
  await one.stop();
  await other.stop();
  await drop();
});

/** Resolves when another connection to this database is held up at the deal table. */
async function untilHeldUp(database: Database): Promise<void> {
  const waiting = `SELECT COUNT(*) AS count FROM information_schema.PROCESSLIST
    WHERE DB = DATABASE() AND ID <> CONNECTION_ID() AND INFO LIKE '%deal_g1%'`;
  for (;;) {
    const [row] = await database.read((sql) => sql.query<{ count: number }>(waiting));
    if ((row?.count ?? 0) > 0) return;
    await nextTurn();
  }
}

const applied = { outcome: 'applied', reason: null, delta: -1 } as const;

describe('two instances', () => {
  it('that hear the same events at the same time count each once', async () => {
    const dealIds = Array.from({ length: 300 }, (_, at) => at + 1);
    const facts = dealIds.flatMap((dealId) => [
      use(dealId),
      pointChanged(1, dealId, 'use', dealId + 1, {
        ...{ outcome: 'applied', reason: null, delta: -1, balance: 1_000 - dealId },
      }),
    ]);
    const parts = [0, 100, 200].map((from, at) =>
      settled(9, at + 1, dealIds.slice(from, from + 100)),
    );
    const events = [...facts, ...parts];
    for (let from = 0; from < events.length; from += 67) {
      const batch = events.slice(from, from + 67);
      await Promise.all([one.hearAll(batch), other.hearAll([...batch].reverse())]);
    }
    const total = { deals: 300, point: 30_000, deal_amount: 3_000_000 };
    expect(await one.rowsOf('day_total')).toMatchObject([total, total]);
    expect(await one.rowsOf('settlement_run')).toMatchObject([
      { chunks_heard: 3, deals_named: 300, deals_known: 300, used_points: 30_000 },
    ]);
    const entries = await one.rowsOf('point_entry');
    expect(entries).toHaveLength(300);
    expect(entries).toContainEqual(expect.objectContaining({ balance: 700, sequence: 301 }));
  });

  it('that learn of an unknown deal at the same time both keep what they learnt', async () => {
    const row = { deal_id: 1_001, cancelled_by_deal_id: 1_002, billing_status: 'no' };
    let heard = Promise.resolve();
    await one.database.transaction(async (tx) => {
      await tx.insertRows('deal_g1', [row]);
      heard = other.hear(use(1_001));
      await untilHeldUp(other.database);
    });
    await heard;
    const known = await dealOf(1_001);
    expect(known).toMatchObject({ cancelled_by_deal_id: 1_002, status: 'success' });
  });

  it('that insert the same deal at the same time: the later begins again and finds it', async () => {
    const row = { deal_id: 3_001, cancelled_by_deal_id: 3_002, billing_status: 'no' };
    const { database } = other;
    const begin = database.transaction.bind(database);
    // What the later one meets: the row was not there when it looked, and is when it inserts.
    jest.spyOn(database, 'transaction').mockImplementationOnce(async () => {
      await begin((tx) => tx.insertRows('deal_g1', [row]));
      return begin(async (tx) => Promise.reject(await refusedTwin(tx, row)));
    });
    await other.hear(use(3_001));
    const known = await dealOf(3_001);
    expect(known).toMatchObject({ cancelled_by_deal_id: 3_002, status: 'success' });
  });

  it('that learn of a known deal at the same time both keep what they learnt', async () => {
    await one.hear(save(2_001));
    let heard = Promise.resolve();
    await one.database.transaction(async (tx) => {
      await tx.execute('UPDATE deal_g1 SET cancelled_by_deal_id = 2002 WHERE deal_id = 2001');
      heard = other.hear(pointChanged(1, 2_001, 'save', 900, { ...applied, balance: 0 }));
      await untilHeldUp(other.database);
    });
    await heard;
    const known = await dealOf(2_001);
    expect(known).toMatchObject({ cancelled_by_deal_id: 2_002, point_outcome: 'applied' });
  });
});

/** What the database says to a second row of the same deal. */
function refusedTwin(tx: Transaction, row: Record<string, unknown>): Promise<unknown> {
  return tx.insertRows('deal_g1', [row]).then(
    () => new Error('the database took it'),
    (error: unknown) => error,
  );
}

async function dealOf(dealId: number): Promise<Record<string, unknown> | undefined> {
  return (await one.rowsOf('deal')).find((row) => row['deal_id'] === dealId);
}
