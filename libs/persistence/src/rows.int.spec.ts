import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from './database.ts';
import { isDuplicateKey } from './errors/is-duplicate-key.ts';
import { EmptyList, UnevenRows, UnsafeNumber, UnsafeParameter } from './errors/misuse.ts';
import { StatementFailed } from './errors/statement-failed.ts';
import { Purse } from './spec/purse.ts';
import { enginesWith, openFresh } from './spec/storages.ts';
import type { InsertedRows } from './sql.ts';

const HUGE = Number.MAX_SAFE_INTEGER;

describe.each(enginesWith(process.env['MYSQL_URL']))('rows on $engine', ({ fresh }) => {
  let db: Database;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ db, end } = await openFresh(fresh));
  });
  beforeEach(() => db.transaction((tx) => tx.execute('DELETE FROM purse')));
  afterAll(() => end());

  const insert = (
    rows: readonly Record<string, unknown>[],
    options: { ignoreDuplicates?: boolean } = {},
  ): Promise<InsertedRows> => db.transaction((tx) => tx.insertRows('purse', rows, options));
  const query = (sql: string, params: readonly unknown[] = []): Promise<unknown[]> =>
    db.read((reading) => reading.query(sql, params));

  it('gives BIGINT, COUNT, SUM and NULL as numbers and null', async () => {
    await insert([{ balance: HUGE }, { balance: -HUGE }, { balance: 7 }]);
    const sql = `SELECT MAX(balance) AS most, MIN(balance) AS least, SUM(balance) AS total,
      COUNT(*) AS count, SUM(changed_at) AS none FROM purse`;
    expect(await query(sql)).toEqual([
      { most: HUGE, least: -HUGE, total: 7, count: 3, none: null },
    ]);
  });

  it('throws rather than give a number that was rounded', async () => {
    await insert([{ balance: HUGE }, { balance: HUGE }]);
    await expect(query('SELECT SUM(balance) AS total FROM purse')).rejects.toBeInstanceOf(
      UnsafeNumber,
    );
    await db.transaction((tx) => tx.execute('UPDATE purse SET balance = 9007199254740993'));
    await expect(query('SELECT balance FROM purse')).rejects.toBeInstanceOf(UnsafeNumber);
    const found = db.read((sql) => sql.manager.find(Purse));
    await expect(found).rejects.toBeInstanceOf(UnsafeNumber);
  });

  it('gives the entities of TypeORM the same numbers', async () => {
    const saved = await db.transaction((tx) =>
      tx.manager.save(Purse, { label: 'entity', balance: HUGE, changedAt: 1_700_000_000_123 }),
    );
    const found = await db.read((sql) => sql.manager.findOneByOrFail(Purse, { label: 'entity' }));
    expect(found).toEqual({
      id: saved.id,
      label: 'entity',
      balance: HUGE,
      changedAt: 1_700_000_000_123,
    });
    expect(typeof saved.id).toBe('number');
  });

  it('gives the ids of many rows in the order of the rows', async () => {
    const rows = Array.from({ length: 1203 }, (_, n) => ({ label: `n${n}`, balance: n }));
    const { affected, ids } = await insert(rows);
    const kept = await query('SELECT id, balance FROM purse ORDER BY balance');
    expect(affected).toBe(1203);
    expect(kept).toEqual(ids.map((id, n) => ({ id, balance: n })));
  });

  it('gives back ids that were given, and none for a table without them', async () => {
    const given = [
      { id: 900_001, balance: 1 },
      { id: 900_009, balance: 2 },
    ];
    expect((await insert(given)).ids).toEqual([900_001, 900_009]);
    const tags = await db.transaction((tx) => tx.insertRows('tag', [{ word: 'a' }, { word: 'b' }]));
    expect(tags).toEqual({ affected: 2, ids: [] });
    expect(await insert([])).toEqual({ affected: 0, ids: [] });
  });

  it('keys compare byte by byte', async () => {
    expect(
      (
        await insert([
          { label: 'a', balance: 1 },
          { label: 'A', balance: 2 },
        ])
      ).affected,
    ).toBe(2);
    expect(await query('SELECT balance FROM purse WHERE label = ?', ['A'])).toEqual([
      { balance: 2 },
    ]);
  });

  it('ignores duplicates when told to, and nothing else', async () => {
    await insert([{ label: 'a', balance: 1 }]);
    const rows = [
      { label: 'a', balance: 2 },
      { label: 'b', balance: 3 },
      { label: 'b', balance: 4 },
    ];
    expect(await insert(rows, { ignoreDuplicates: true })).toEqual({ affected: 1, ids: [] });
    expect(await query('SELECT label, balance FROM purse ORDER BY label')).toEqual([
      { label: 'a', balance: 1 },
      { label: 'b', balance: 3 },
    ]);
    const missing = insert([{ label: 'c', balance: null }], { ignoreDuplicates: true });
    await expect(missing).rejects.toBeInstanceOf(StatementFailed);
  });

  it('inserts all rows or none when a duplicate is caught', async () => {
    for (const count of [2, 600]) {
      const rows = Array.from({ length: count }, (_, n) => ({ label: `r${n}`, balance: n }));
      const caught = await db.transaction((tx) =>
        tx
          .insertRows('purse', [...rows, { label: 'r0', balance: 0 }])
          .catch((error: unknown) => error),
      );
      expect(isDuplicateKey(caught)).toBe(true);
    }
    expect(await query('SELECT COUNT(*) AS count FROM purse')).toEqual([{ count: 0 }]);
  });

  it('refuses rows with different columns', async () => {
    await expect(insert([{ balance: 1 }, { balance: 1, label: 'x' }])).rejects.toBeInstanceOf(
      UnevenRows,
    );
    await expect(insert([{}])).rejects.toBeInstanceOf(UnevenRows);
    const otherNames = insert([{ balance: 1 }, { label: 'x' }]);
    await expect(otherNames).rejects.toBeInstanceOf(UnsafeParameter);
  });

  it.each([
    ['an object', { label: 1 }],
    ['an array', ['x']],
    ['a date', new Date(0)],
    ['undefined', undefined],
    ['NaN', NaN],
    ['an unsafe number', 2 ** 53],
    ['a bigint', 1n],
  ])('refuses %s as a parameter', async (_what, value) => {
    await expect(query('SELECT ? AS value', [value])).rejects.toBeInstanceOf(UnsafeParameter);
  });

  it('keeps text as it is, whatever is in it, and bytes and booleans', async () => {
    const label = `'); DROP TABLE purse; -- \\' " \` % ? :x 김철수 🙂 \u0000`;
    const bytes = new Uint8Array([0, 39, 92, 255]);
    await insert([{ label, bytes, balance: true }]);
    const [row] = (await query('SELECT label, bytes, balance FROM purse WHERE label = ?', [
      label,
    ])) as {
      bytes: Uint8Array;
    }[];
    expect({ ...row, bytes: [...(row?.bytes ?? [])] }).toEqual({
      label,
      bytes: [...bytes],
      balance: 1,
    });
  });

  it('makes lists for IN, and refuses an empty one', async () => {
    const { ids } = await insert([{ balance: 1 }, { balance: 2 }, { balance: 3 }]);
    const found = await db.read((sql) => {
      const list = sql.inList(ids.slice(1));
      return sql.query(
        `SELECT balance FROM purse WHERE id IN ${list.sql} ORDER BY id`,
        list.params,
      );
    });
    expect(found).toEqual([{ balance: 2 }, { balance: 3 }]);
    await expect(db.read(async (sql) => sql.inList([]))).rejects.toBeInstanceOf(EmptyList);
  });

  it('counts as affected the rows that matched, changed or not', async () => {
    await insert([{ balance: 1 }, { balance: 2 }]);
    const update = (): Promise<{ affected: number }> =>
      db.transaction((tx) => tx.execute('UPDATE purse SET balance = 2'));
    expect((await update()).affected).toBe(2);
    expect((await update()).affected).toBe(2);
  });

  it('gives the id of one inserted row, and none for other changes', async () => {
    const ids = await db.transaction(async (tx) => [
      (await tx.execute('INSERT INTO purse (balance) VALUES (?)', [1])).insertId,
      (await tx.execute('UPDATE purse SET balance = ?', [2])).insertId,
    ]);
    const [row] = await query('SELECT id FROM purse');
    expect([{ id: ids[0] }, ids[1]]).toEqual([row, 0]);
  });

  it('says so when query() is given a statement without rows', async () => {
    const work = db.transaction((tx) => tx.query('UPDATE purse SET balance = 2'));
    await expect(work).rejects.toThrow('query() is for statements that give rows');
  });
});
