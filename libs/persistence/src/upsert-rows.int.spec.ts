import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from './database.ts';
import { UnevenRows, UnsafeParameter } from './errors/misuse.ts';
import { enginesWith, openFresh } from './spec/storages.ts';
import type { Upsert } from './sql.ts';

describe.each(enginesWith(process.env['MYSQL_URL']))('upserting on $engine', ({ fresh }) => {
  let db: Database;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ db, end } = await openFresh(fresh));
  });
  beforeEach(() => db.transaction((tx) => tx.execute('DELETE FROM purse')));
  afterAll(() => end());

  const upsert = (rows: readonly Record<string, unknown>[], how: Upsert): Promise<void> =>
    db.transaction((tx) => tx.upsertRows('purse', rows, how));
  const balances = (): Promise<unknown[]> =>
    db.read((sql) => sql.query('SELECT label, balance, changed_at FROM purse ORDER BY balance'));

  it('inserts what is new and lets the rest take over the named columns, many at once', async () => {
    const before = Array.from({ length: 700 }, (_, n) => ({
      label: `n${n}`,
      balance: n,
      changed_at: 1,
    }));
    await upsert(before, { key: ['label'], update: ['balance'] });
    const after = Array.from({ length: 701 }, (_, n) => ({
      label: `n${n}`,
      balance: n + 1000,
      changed_at: 2,
    }));
    await upsert(after, { key: ['label'], update: ['balance'] });
    expect(await balances()).toEqual(
      after.map((row, n) => ({ ...row, changed_at: n < 700 ? 1 : 2 })),
    );
  });

  it('leaves what exists as it is when no column is named', async () => {
    await upsert([{ label: 'a', balance: 1 }], { key: ['label'], update: [] });
    await upsert(
      [
        { label: 'a', balance: 2 },
        { label: 'b', balance: 3 },
      ],
      { key: ['label'], update: [] },
    );
    expect(await balances()).toEqual([
      { label: 'a', balance: 1, changed_at: null },
      { label: 'b', balance: 3, changed_at: null },
    ]);
  });

  it('lets the last of several rows with one key win', async () => {
    const rows = [1, 2, 3].map((balance) => ({ label: 'a', balance }));
    await upsert(rows, { key: ['label'], update: ['balance'] });
    expect(await balances()).toEqual([{ label: 'a', balance: 3, changed_at: null }]);
  });

  it('does nothing for no rows, and refuses rows with different columns', async () => {
    const how: Upsert = { key: ['label'], update: ['balance'] };
    await upsert([], how);
    const uneven = upsert(
      [
        { label: 'a', balance: 1 },
        { label: 'b', balance: 1, changed_at: 1 },
      ],
      how,
    );
    await expect(uneven).rejects.toBeInstanceOf(UnevenRows);
    const asMany = upsert(
      [
        { label: 'a', balance: 1 },
        { label: 'b', changed_at: 1 },
      ],
      how,
    );
    await expect(asMany).rejects.toBeInstanceOf(UnsafeParameter);
    expect(await balances()).toEqual([]);
  });
});
