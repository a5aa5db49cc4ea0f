import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { GenerationBook } from '../persistence/generation-book.ts';
import { ReadModelStore } from '../persistence/read-model-store.ts';
import { dealFact, saveLife, settled, use, useLife } from '../spec/lives.ts';
import { startDashboard } from '../spec/running-dashboard.ts';
import type { RunningDashboard } from '../spec/running-dashboard.ts';
import { NOON, said } from '../spec/said.ts';
import type { Said } from '../spec/said.ts';
import { ProjectAccount } from './project-account.ts';
import { ProjectCancellation } from './project-cancellation.ts';
import { ProjectEvents } from './project-events.ts';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function started(...how: Parameters<typeof startDashboard>): Promise<RunningDashboard> {
  const dashboard = await startDashboard(...how);
  ends.push(() => dashboard.stop());
  return dashboard;
}

describe('an event whose projection fails', () => {
  it('is refused with the error, and nothing of it is kept, not even by other projections', async () => {
    const dashboard = await started();
    jest.spyOn(dashboard.app.get(ProjectCancellation), 'handle').mockImplementation(() => {
      throw new RangeError('cannot project this');
    });
    const cancelled = saveLife(0).events.filter(({ key }) => key === 'deal.save-cancelled.v1');
    await expect(dashboard.hearAll(cancelled)).rejects.toThrow('cannot project this');
    for (const table of ['deal', 'day_total', 'heard_source']) {
      expect(await dashboard.rowsOf(table)).toEqual([]);
    }
  });

  it('is refused when the projection rejects later, too', async () => {
    const dashboard = await started();
    const failing = jest.spyOn(dashboard.app.get(ProjectAccount), 'handle');
    failing.mockImplementation((() => Promise.reject(new RangeError('later'))) as () => void);
    const opened = saveLife(0).events.filter(({ key }) => key === 'point.account-opened.v1');
    await expect(dashboard.hearAll(opened)).rejects.toThrow('later');
    expect(await dashboard.rowsOf('balance')).toEqual([]);
  });

  it('does not keep those beside it in the batch from being committed', async () => {
    const dashboard = await started();
    const bad = { ...use(3), key: 'deal.used.v1' } as const;
    const broken = { key: bad.key, event: { ...bad.event, data: { dealId: 3 } } } as Said;
    const ends = await Promise.allSettled([use(1), use(2), broken, use(4)].map(dashboard.hear));
    expect(ends.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const rows = await dashboard.rowsOf('deal');
    expect(rows.map((row) => row['deal_id'])).toEqual([1, 2, 4]);
  });

  it('is refused when the database refuses it', async () => {
    const dashboard = await started();
    await dashboard.database.transaction((tx) => tx.execute('DROP TABLE heard_source_g1'));
    await expect(dashboard.hear(use(1))).rejects.toThrow('heard_source_g1');
    expect(await dashboard.rowsOf('deal')).toEqual([]);
  });
});

describe('sums', () => {
  it('are exact however events are repeated and cut into batches', async () => {
    const dashboard = await started();
    const deals = Array.from({ length: 60 }, (_, at) => use(at + 1, at));
    for (const size of [1, 7, 60]) {
      for (let from = 0; from < deals.length; from += size) {
        const batch = deals.slice(from, from + size);
        await dashboard.hearAll([...batch, ...batch]);
      }
    }
    const total = { deals: 60, point: 1_770, deal_amount: 600_000, failed_deals: 0 };
    expect(await dashboard.rowsOf('day_total')).toMatchObject([total, total]);
  });

  it('of a day and its neighbours part at midnight in Seoul', async () => {
    const dashboard = await started();
    const at = (dealId: number, dealDate: string): Said =>
      said('deal.used.v1', dealId, dealFact(1, 20, dealId, { dealDate }));
    await dashboard.hearAll([at(1, '2026-11-22T14:59:59.999Z'), at(2, '2026-11-22T15:00:00.000Z')]);
    const days = (await dashboard.rowsOf('day_total')).map((row) => [row['day'], row['deals']]);
    expect(days).toEqual([
      ...[
        ['2026-11-22', 1],
        ['2026-11-23', 1],
      ],
      ...[
        ['2026-11-22', 1],
        ['2026-11-23', 1],
      ],
    ]);
  });

  it('of a run stay exact when its parts come twice, before and after their deals', async () => {
    const dashboard = await started();
    const dealIds = Array.from({ length: 1_500 }, (_, at) => at + 1);
    const parts = [0, 500, 1_000].map((from, at) =>
      settled(9, at + 1, dealIds.slice(from, from + 500)),
    );
    const deals = dealIds.map((dealId) => use(dealId));
    await dashboard.hearAll(parts.slice(0, 1));
    await dashboard.hearAll([...deals, ...parts, ...parts]);
    await dashboard.hearAll([...parts, ...deals]);
    expect(await dashboard.rowsOf('settlement_run')).toMatchObject([
      { chunks_heard: 3, deals_named: 1_500, deals_known: 1_500, used_points: 150_000 },
    ]);
  });
});

describe('settlements that name thousands of deals together', () => {
  const parts = Array.from({ length: 9 }, (_, run) =>
    settled(
      run + 1,
      1,
      Array.from({ length: 500 }, (_each, at) => run * 500 + at + 1),
    ),
  );

  it('are written a few at a time when they are heard', async () => {
    const dashboard = await started();
    const write = jest.spyOn(dashboard.app.get(ReadModelStore), 'write');
    await dashboard.hearAll(parts);
    expect(write.mock.calls.map(([{ deals }]) => deals.size)).toEqual([2_000, 2_000, 500]);
  });

  it('are written a few at a time when a rebuild brings them on one page', async () => {
    const dashboard = await started();
    const generation = await dashboard.app.get(GenerationBook).begin();
    const fill = jest.spyOn(dashboard.app.get(ReadModelStore), 'fill');
    await dashboard.app.get(ProjectEvents).fill(generation, parts);
    expect(fill.mock.calls.map(([, { deals }]) => deals.size)).toEqual([2_000, 2_000, 500]);
  });
});

describe('freshness', () => {
  it('is the newest event of each service, in whatever order they come', async () => {
    const dashboard = await started();
    await dashboard.hearAll(useLife(0).events.toReversed());
    await dashboard.hearAll(saveLife(1).events);
    expect(await dashboard.rowsOf('heard_source')).toMatchObject([
      { source: 'billing', last_event_at: NOON },
      { source: 'deal', last_event_at: NOON },
      { source: 'member', last_event_at: NOON },
      { source: 'point', last_event_at: NOON + 9 },
    ]);
  });
});
