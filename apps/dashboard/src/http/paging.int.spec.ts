import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listDeals } from '../persistence/list-deals.ts';
import type { DealFilter, DealPlace } from '../persistence/list-deals.ts';
import { tablesOfGeneration } from '../persistence/read-model-tables.ts';
import { dealFact, pointChanged } from '../spec/lives.ts';
import { freshMariadb, startDashboard } from '../spec/running-dashboard.ts';
import type { RunningDashboard } from '../spec/running-dashboard.ts';
import { NOON, iso, said } from '../spec/said.ts';
import type { Said } from '../spec/said.ts';

interface Made {
  readonly id: number;
  readonly memberId: number;
  readonly merchantId: number;
  readonly type: 'save' | 'use';
  readonly isSettled: boolean;
  readonly date: number;
}

/** The merchant of the five oldest deals: the last that a list without an index of merchants finds. */
const OLD_MERCHANT = 99;

/** 600 deals of 7 members at 3 merchants, newest first; every third shares its time with another. */
const deals: readonly Made[] = Array.from({ length: 600 }, (_, at): Made => {
  const id = 600 - at;
  return {
    ...{ id, memberId: 1 + (id % 7), merchantId: id <= 5 ? OLD_MERCHANT : 20 + (id % 3) },
    ...{ type: id % 2 === 0 ? 'save' : 'use', isSettled: id % 5 === 1 },
    date: NOON + (id - (id % 3 === 0 ? 1 : 0)) * 1_000,
  };
});

function events(): Said[] {
  const made = deals.map(({ id, memberId, merchantId, type, date }) => {
    const fact = dealFact(memberId, merchantId, id, { dealDate: iso(date) });
    if (type === 'save') return said('deal.saved.v1', id, fact);
    return said('deal.used.v1', id, fact);
  });
  const run = { billingId: 5, runId: 5, merchantId: 20, billingMonth: '202611' };
  const dealIds = deals.flatMap(({ id, isSettled }) => (isSettled ? [id] : []));
  const part = { settledAt: iso(NOON), chunk: 1, chunks: 1, dealIds };
  const history = deals.map(({ id }) =>
    pointChanged(1, 10_000 + id, 'use', id + 1, {
      ...{ outcome: 'applied', reason: null, delta: -1, balance: id },
    }),
  );
  return [...made, ...history, said('billing.settled.v1', 5, { ...run, ...part })];
}

describe.each([
  ['SQLite', async () => ({ storage: undefined, drop: async () => {} })],
  ['MariaDB', freshMariadb],
] as const)('lists on %s', (engine, fresh) => {
  let dashboard: RunningDashboard;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const { storage, drop: dropIt } = await fresh();
    drop = dropIt;
    dashboard = await startDashboard(storage);
    await dashboard.hearAll(events());
  });

  afterAll(async () => {
    await dashboard.stop();
    await drop();
  });

  async function pagesOf(path: string, of: string): Promise<unknown[]> {
    const values: unknown[] = [];
    let cursor = '';
    for (let pages = 0; pages < 100; pages++) {
      const response = await dashboard.get(`${path}&limit=17${cursor}`);
      const { items, nextCursor } = (await response.json()) as {
        items: Record<string, unknown>[];
        nextCursor: string | null;
      };
      expect(items.length).toBeLessThanOrEqual(17);
      values.push(...items.map((item) => item[of]));
      if (nextCursor === null) return values;
      cursor = `&cursor=${nextCursor}`;
    }
    throw new Error('the pages do not end');
  }

  const idsOf = (isAsked: (deal: Made) => boolean): number[] =>
    deals.filter(isAsked).map(({ id }) => id);

  it.each<[string, (deal: Made) => boolean]>([
    ['', () => true],
    ['memberId=3', (deal) => deal.memberId === 3],
    ['memberId=3&merchantId=21', (deal) => deal.memberId === 3 && deal.merchantId === 21],
    ['memberId=3&type=use', (deal) => deal.memberId === 3 && deal.type === 'use'],
    ['merchantId=21', (deal) => deal.merchantId === 21],
    ['merchantId=21&type=use', (deal) => deal.merchantId === 21 && deal.type === 'use'],
    ['merchantId=21&billingStatus=yes', (deal) => deal.merchantId === 21 && deal.isSettled],
    ['type=save', (deal) => deal.type === 'save'],
    ['type=saveCancel', () => false],
    ['billingStatus=no', (deal) => !deal.isSettled],
    ['status=fail', () => false],
  ])('of deals with %s have each once, newest first, page by page', async (query, isAsked) => {
    expect(await pagesOf(`/api/deals?${query}`, 'id')).toEqual(idsOf(isAsked));
  });

  it('of deals keep to from (inclusive) and to (exclusive)', async () => {
    const [from, to] = [iso(NOON + 100_000), iso(NOON + 110_000)];
    const between = [109, 108, 107, 106, 105, 104, 103, 102, 101, 100];
    // Every third shares its time with the one before it: 111 stands at `to` like 110.
    expect(await pagesOf(`/api/deals?from=${from}&to=${to}`, 'id')).toEqual(between);
  });

  it('of history and deferred deals go on where they ended', async () => {
    const sequences = deals.map(({ id }) => id + 1);
    expect(await pagesOf('/api/members/1/history?', 'sequence')).toEqual(sequences);
    const deferred = idsOf(({ type }) => type === 'save');
    const oldestFirst = await pagesOf('/api/deferred?', 'id');
    expect(oldestFirst.toReversed()).toEqual(deferred);
  });

  it('read a bounded number of rows, whatever is asked for (S5)', async () => {
    if (engine === 'SQLite') return expect(engine).toBe('SQLite');
    const filters: Omit<DealFilter, 'status'>[] = [{}, { merchantId: 21 }, { type: 'use' }];
    filters.push({ merchantId: OLD_MERCHANT }, { merchantId: 21, type: 'useCancel' });
    filters.push({ merchantId: OLD_MERCHANT, type: 'use' }, { billingStatus: 'yes' });
    filters.push({ from: NOON, to: NOON + 10_000 }, { merchantId: 21, to: NOON + 50_000 });
    const below: DealPlace = { dealDate: NOON + 300_000, dealId: 300 };
    for (const filter of filters) {
      for (const place of [null, below]) {
        const rows = await rowsRead(dashboard, { status: 'success', ...filter }, place);
        // Eight ranges of ten entries, ten rows with their members, and the sorting of it all.
        expect({ filter, place, isBounded: rows < 350 }).toEqual({
          filter,
          place,
          isBounded: true,
        });
      }
    }
  });
});

/** How many rows the server reads for one page of ten. */
function rowsRead(
  { database }: RunningDashboard,
  filter: DealFilter,
  below: DealPlace | null,
): Promise<number> {
  return database.read(async (sql) => {
    const count = async (): Promise<number> => {
      const status = "SHOW SESSION STATUS LIKE 'Handler_read%'";
      const rows = await sql.query<{ Value: string }>(status);
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    };
    const before = await count();
    await listDeals(sql, tablesOfGeneration(1), filter, below, 10);
    return (await count()) - before;
  });
}
