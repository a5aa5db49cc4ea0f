import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { readPointer, writePointer } from '../persistence/generation-pointer.ts';
import { tablesOfGeneration } from '../persistence/read-model-tables.ts';
import { failedLife, saveLife, useLife } from '../spec/lives.ts';
import { freshMariadb, startDashboard } from '../spec/running-dashboard.ts';
import type { RunningDashboard } from '../spec/running-dashboard.ts';
import type { Said } from '../spec/said.ts';

jest.setTimeout(60_000);

type Row = Record<string, unknown>;

describe.each([
  ['SQLite', async () => ({ storage: undefined, drop: async () => {} })],
  ['MariaDB', freshMariadb],
] as const)('a rebuild on %s', (engine, fresh) => {
  let instances: RunningDashboard[];
  let drop: () => Promise<void>;
  let used = 0;

  beforeAll(async () => {
    const { storage, drop: dropIt } = await fresh();
    drop = dropIt;
    instances = [await startDashboard(storage)];
    // In memory nobody else could see the tables.
    if (engine === 'MariaDB') instances.push(await startDashboard(storage));
  });
  afterAll(async () => {
    for (const instance of instances) await instance.stop();
    await drop();
  });

  const first = (): RunningDashboard => instances[0]!;
  const ask = async (method: string, path: string, body?: unknown) => {
    const json = { 'content-type': 'application/json' };
    const response = await fetch(`${first().url}/rebuild${path}`, {
      method,
      ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const begin = async (): Promise<number> => Number((await ask('POST', '')).body['building']);
  const fill = (generation: number, events: readonly Said[]) =>
    ask('POST', '/events', { generation, events: events.map(({ event }) => event) });
  const fillAll = async (generation: number, events: readonly Said[]): Promise<void> => {
    const pages = [];
    // So few on a page that there are several batches, two of which are under way at once.
    for (let from = 0; from < events.length; from += 5) {
      pages.push(fill(generation, events.slice(from, from + 5)));
    }
    for (const { status, body } of await Promise.all(pages)) {
      expect([status, body]).toEqual([200, { unknown: 0 }]);
    }
  };
  const hearOn = (at: number, events: readonly Said[]): Promise<void> =>
    instances[at % instances.length]!.hearAll(events);

  const rowsOf = async (generation: number): Promise<Record<string, Row[]>> => {
    const kept: Record<string, Row[]> = {};
    for (const [name, table] of Object.entries(tablesOfGeneration(generation))) {
      const rows = await first().database.read((sql) => sql.query<Row>(`SELECT * FROM ${table}`));
      // When something was projected is of its generation: a rebuilt one was projected later.
      const compared = rows.map(({ projected_at: _, ...row }) => JSON.stringify(row));
      kept[name] = compared.toSorted().map((text) => JSON.parse(text) as Row);
    }
    return kept;
  };
  const newLives = (count: number): Said[] =>
    Array.from({ length: count }, () => [useLife, saveLife, failedLife][used % 3]!(used++)).flatMap(
      ({ events }) => events,
    );
  const shuffled = <Item>(items: readonly Item[], dice: number): Item[] =>
    items
      .map((item, at) => ({ item, weight: Math.imul(at + 1, dice | 1) >>> 0 }))
      .sort((a, b) => a.weight - b.weight)
      .map(({ item }) => item);

  it('equals what was live, row by row, whatever comes in while it runs', async () => {
    const round = async (dice: number, before: number, during: number): Promise<void> => {
      const journal = newLives(before);
      await hearOn(0, journal);
      const { serving } = (await ask('GET', '')).body;
      const building = await begin();
      const live = shuffled(newLives(during), dice);
      const half = Math.ceil(live.length / 2);
      // What the journals say is read a second time, while new events come to every instance.
      await Promise.all([
        fillAll(building, shuffled(journal, dice)),
        hearOn(0, live.slice(0, half)),
        hearOn(1, live.slice(half)),
        hearOn(1, shuffled(journal, dice + 2).slice(0, 20)),
      ]);
      expect((await rowsOf(building))['deal']).not.toEqual([]);
      // What was heard before this rebuild came only by journals: earlier rounds are part of it.
      await fillAll(building, heardBefore);
      expect(await rowsOf(building)).toEqual(await rowsOf(Number(serving)));
      const swapped = await Promise.all([
        ask('POST', '/swap', { generation: building }),
        hearOn(0, newLives(1).map(remember)),
      ]);
      expect(swapped[0]).toEqual({ status: 200, body: { serving: building, building: null } });
      for (const said of [...journal, ...live]) remember(said);
      expect(await first().get(`/api/deals/${String(dealIn(live))}`)).toMatchObject({
        status: 200,
      });
    };
    const heardBefore: Said[] = [];
    const remember = (said: Said): Said => {
      heardBefore.push(said);
      return said;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 3, max: 30 }),
        fc.integer({ min: 3, max: 30 }),
        round,
      ),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('mends a read model that was damaged', async () => {
    const journal = newLives(6);
    await hearOn(0, journal);
    const { serving } = (await ask('GET', '')).body;
    const { deal } = tablesOfGeneration(Number(serving));
    const dealId = dealIn(journal);
    await first().database.transaction((tx) =>
      tx.execute(`DELETE FROM ${deal} WHERE deal_id = ?`, [dealId]),
    );
    expect((await first().get(`/api/deals/${dealId}`)).status).toBe(404);
    const building = await begin();
    await fillAll(building, journal);
    await ask('POST', '/swap', { generation: building });
    expect((await first().get(`/api/deals/${dealId}`)).status).toBe(200);
  });

  it('goes on where it was broken off, with tables that were half made', async () => {
    const building = await begin();
    expect(await begin()).toBe(building);
    await first().database.transaction(async (tx) =>
      writePointer(tx, { ...(await readPointer(tx, 'alone')), isReady: false }),
    );
    const { balance } = tablesOfGeneration(building);
    await first().database.transaction((tx) => tx.execute(`DROP TABLE ${balance}`));
    // Until its tables are whole nothing is written to it, and live events are not held up.
    await hearOn(0, newLives(1));
    expect((await fill(building, newLives(1))).body).toMatchObject({ code: 'REBUILD_NOT_RUNNING' });
    expect(await begin()).toBe(building);
    await fillAll(building, newLives(1));
    await ask('DELETE', '');
  });

  it('that was given up leaves nothing behind, and its number is not used again', async () => {
    const building = await begin();
    const given = await ask('DELETE', '');
    expect(given.body).toMatchObject({ building: null });
    await expect(rowsOf(building)).rejects.toThrow();
    for (const answer of [
      await fill(building, newLives(1)),
      await ask('POST', '/swap', { generation: building }),
    ]) {
      expect([answer.status, answer.body['code']]).toEqual([409, 'REBUILD_NOT_RUNNING']);
    }
    expect(await begin()).toBe(building + 1);
    await ask('DELETE', '');
    await hearOn(0, newLives(1));
  });

  it('lets go of the old generation when it is told to, and of no other', async () => {
    const { serving } = (await ask('GET', '')).body;
    const building = await begin();
    await ask('POST', '/swap', { generation: building });
    await rowsOf(Number(serving));
    await ask('DELETE', '/old');
    await expect(rowsOf(Number(serving))).rejects.toThrow();
    await rowsOf(building);
  });

  it('refuses what no service could have said, and counts what it knows nothing of', async () => {
    const building = await begin();
    const [life] = newLives(1);
    const broken = { ...life!.event, data: {} };
    const refused = await ask('POST', '/events', { generation: building, events: [broken] });
    expect([refused.status, refused.body['code']]).toEqual([400, 'INVALID_REQUEST']);
    const newer = { ...life!.event, version: 99 };
    const unknown = await ask('POST', '/events', { generation: building, events: [newer] });
    expect(unknown).toEqual({ status: 200, body: { unknown: 1 } });
    await ask('DELETE', '');
  });
});

function dealIn(events: readonly Said[]): number {
  for (const { key, event } of events) {
    if (key === 'deal.used.v1' || key === 'deal.saved.v1') return event.data.dealId;
  }
  throw new Error('no deal among them');
}
