import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommitBell, Outbox } from '@onepoint/messaging';
import { Database } from '@onepoint/persistence';
import { unsettledLines } from '../domain/billings.ts';
import { planRun } from '../domain/plan-run.ts';
import type { RunPlan } from '../domain/plan-run.ts';
import type { SettlementLine } from '../domain/settlement-line.ts';
import { billingSchema } from './billing-schema.ts';
import { StoredBillings } from './stored-billings.ts';

const MONTH = '202611';
const NOW = 1_795_412_345_000;

const line = (dealId: number, merchantId: number): SettlementLine => ({
  dealId,
  merchantId,
  billingMonth: MONTH,
  memberId: 1,
  type: 'use',
  point: 100,
  commissionBps: 200,
  earnChargeBps: 0,
  dealDate: NOW,
  originalDealId: null,
});

describe('billings', () => {
  let database: Database;
  let billings: StoredBillings;

  beforeEach(async () => {
    database = await Database.open({ kind: 'sqlite', file: ':memory:' }, billingSchema);
    billings = new StoredBillings(database, new Outbox('billing', new CommitBell()));
  });
  afterEach(() => database.close());

  async function planOf(merchantId: number): Promise<RunPlan> {
    const billing = await billings.open(merchantId, MONTH, NOW);
    const lines = unsettledLines(billing);
    if (lines === null) throw new Error('there is nothing to settle');
    return planRun(billing.id, billing.sums, lines, await billings.sumLines(billing.id, lines));
  }

  async function told(): Promise<number[]> {
    const rows = await database.read((sql) =>
      sql.query<{ events: string }>('SELECT events FROM outbox'),
    );
    const events = rows.flatMap(
      (row) => JSON.parse(row.events) as { data: { dealIds: number[] } }[],
    );
    return events.flatMap(({ data }) => data.dealIds).toSorted((a, b) => a - b);
  }

  it('settle many runs together; one that was overtaken does not stand and harms no other', async () => {
    await billings.accept(
      [1, 2, 3].map((id) => line(id, id)),
      NOW,
    );
    const [first, second, third] = await Promise.all([planOf(1), planOf(2), planOf(3)]);
    expect(await billings.settle([second], NOW)).toEqual([true]);
    expect(await billings.settle([first, second, third, third], NOW)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(await told()).toEqual([1, 2, 3]);
    const runs = await database.read((sql) =>
      sql.query('SELECT billing_id AS billingId, run_no AS runNo FROM settlement_run ORDER BY id'),
    );
    expect(runs).toEqual([second, first, third].map(({ billingId }) => ({ billingId, runNo: 1 })));
  });

  it('tell the first deals with the runs and the rest step by step, each once', async () => {
    const merchants = Array.from({ length: 40 }, (_, at) => at + 1);
    await billings.accept(
      merchants.map((id) => line(id, id)),
      NOW,
    );
    const plans = [];
    for (const merchant of merchants) plans.push(await planOf(merchant));
    await billings.settle(plans, NOW);
    expect(await told()).toHaveLength(32);
    let steps = 0;
    while (await billings.announceNext()) steps += 1;
    expect(steps).toBe(8);
    expect(await told()).toEqual(merchants);
  });

  it('give each line its place once, also when many come at once', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => line(at + 1, (at % 3) + 1));
    await Promise.all([
      billings.accept(lines.slice(0, 200), NOW),
      billings.accept(lines.slice(100), NOW),
      billings.accept([...lines.slice(0, 10), ...lines.slice(0, 10)], NOW),
    ]);
    const rows = await database.read((sql) =>
      sql.query<{ count: number; first: number; last: number; places: number }>(
        `SELECT COUNT(*) AS count, MIN(place) AS first, MAX(place) AS last,
           COUNT(DISTINCT place) AS places FROM settlement_line GROUP BY billing_id`,
      ),
    );
    expect(rows).toEqual(Array(3).fill({ count: 100, first: 1, last: 100, places: 100 }));
    expect(await billings.open(1, MONTH, NOW)).toMatchObject({ lineCount: 100, settledThrough: 0 });
  });
});
