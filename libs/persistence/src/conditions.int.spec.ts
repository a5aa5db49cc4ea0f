import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from './database.ts';
import { ConditionUnmet } from './errors/condition-unmet.ts';
import { isDuplicateKey } from './errors/is-duplicate-key.ts';
import { IdsNotKnown, TooManyRows } from './errors/misuse.ts';
import { StatementFailed } from './errors/statement-failed.ts';
import { enginesWith, openFresh } from './spec/storages.ts';
import type { Transaction } from './sql.ts';

interface Row {
  readonly id: number;
  readonly label: string;
  readonly balance: number;
}

const purses = (...labels: string[]): { label: string; balance: number }[] =>
  labels.map((label) => ({ label, balance: 1 }));

describe.each(enginesWith(process.env['MYSQL_URL']))(
  'a transaction that asks for nothing first, on $engine',
  ({ fresh }) => {
    let db: Database;
    let end: () => Promise<void>;
    beforeAll(async () => {
      ({ db, end } = await openFresh(fresh));
    });
    beforeEach(async () => {
      await db.transaction((tx) => tx.execute('DELETE FROM purse'));
    });
    afterAll(() => end());

    const all = (): Promise<Row[]> =>
      db.read((sql) => sql.query('SELECT id, label, balance FROM purse ORDER BY id'));
    const failureOf = (work: (tx: Transaction) => Promise<unknown>): Promise<unknown> =>
      db.transaction(work).catch((error: unknown) => error);

    it('knows the ids of its rows once it is committed, and not before', async () => {
      const ids = await db.transaction(async (tx) => {
        const later = await tx.later.insertNumbered('purse', purses('a', 'b', 'c'));
        if (tx.dialect === 'mysql') expect(() => later.known()).toThrow(IdsNotKnown);
        return later;
      });
      expect(ids.known()).toEqual((await all()).map(({ id }) => id));
      expect((await all()).map(({ label }) => label)).toEqual(['a', 'b', 'c']);
    });

    it('lets rows that follow name those ids', async () => {
      const ids = await db.transaction(async (tx) => {
        const later = await tx.later.insertNumbered('purse', purses('a', 'b'));
        // A balance is a number like any other: here it is the id of another row.
        tx.later.insertRows('purse', [
          { id: 1_000_000, label: 'of a', balance: later.of(0) },
          { id: 1_000_001, label: 'of b', balance: later.of(1) },
        ]);
        return later;
      });
      const byLabel = new Map((await all()).map((row) => [row.label, row]));
      expect(byLabel.get('of a')?.balance).toBe(ids.known()[0]);
      expect(byLabel.get('of b')?.balance).toBe(ids.known()[1]);
    });

    it('numbers no more rows than one statement takes', async () => {
      const many = purses(...Array.from({ length: 501 }, (_, at) => `n${at}`));
      const failure = await failureOf((tx) => tx.later.insertNumbered('purse', many));
      if (db.dialect === 'mysql') expect(failure).toBeInstanceOf(TooManyRows);
      if (db.dialect === 'mysql') expect(await all()).toEqual([]);
    });

    it('does nothing where a statement changes another number of rows than it must', async () => {
      await db.transaction((tx) => tx.insertRows('purse', purses('a', 'b')));
      const before = await all();
      const failure = await failureOf(async (tx) => {
        tx.later.insertRows('purse', purses('c'));
        tx.later.execute("UPDATE purse SET balance = 9 WHERE label IN ('b', 'x')", [], {
          affects: 2,
        });
        tx.later.insertRows('purse', purses('d'));
      });
      expect(failure).toBeInstanceOf(ConditionUnmet);
      expect(await all()).toEqual(before);
    });

    it('does nothing where it would change more than it must', async () => {
      await db.transaction((tx) => tx.insertRows('purse', purses('a', 'b')));
      const before = await all();
      const failure = await failureOf(async (tx) =>
        tx.later.execute('UPDATE purse SET balance = 9', [], { affects: 1 }),
      );
      expect(failure).toBeInstanceOf(ConditionUnmet);
      expect(await all()).toEqual(before);
    });

    it('counts rows that match, also those that stay as they are', async () => {
      await db.transaction((tx) => tx.insertRows('purse', purses('a', 'b')));
      await db.transaction(async (tx) => {
        tx.later.execute('UPDATE purse SET balance = 1', [], { affects: 2 });
        tx.later.execute('DELETE FROM purse WHERE label = ?', ['a'], { affects: 1 });
      });
      expect((await all()).map(({ label }) => label)).toEqual(['b']);
    });

    it('does nothing where what it was decided on has changed', async () => {
      await db.transaction((tx) => tx.insertRows('purse', purses('a', 'b')));
      const put = (label: string, balance: number) =>
        db.transaction(async (tx) => {
          tx.later.requireNone('purse WHERE label IN (?, ?) AND balance <> ?', ['a', 'b', balance]);
          tx.later.insertRows('purse', purses(label));
        });
      await put('c', 1);
      await expect(put('d', 2)).rejects.toBeInstanceOf(ConditionUnmet);
      expect((await all()).map(({ label }) => label)).toEqual(['a', 'b', 'c']);
    });

    it('lets conditions travel in the rows that follow, and is stopped by them all the same', async () => {
      await db.transaction((tx) => tx.insertRows('purse', purses('a', 'b')));
      const carrier = { carrier: 'balance' };
      const put = (label: string, balance: number, affected: number) =>
        db.transaction(async (tx) => {
          tx.later.requireNone('purse WHERE label IN (?, ?) AND balance <> ?', [
            'a',
            "b'",
            balance,
          ]);
          const ids = await tx.later.insertNumbered('purse', purses(label, `${label}2`), carrier);
          tx.later.execute('UPDATE purse SET changed_at = 5 WHERE label = ?', [label], {
            affects: affected,
          });
          tx.later.insertRows('purse', purses(`${label}3`), carrier);
          return ids;
        });
      const ids = await put('c', 1, 1);
      const after = await all();
      expect(after.map(({ label, balance }) => `${label}${balance}`)).toEqual(
        ['a', 'b', 'c', 'c2', 'c3'].map((label) => `${label}1`),
      );
      expect(ids.known()).toEqual(after.slice(2, 4).map(({ id }) => id));
      await expect(put('d', 2, 1)).rejects.toBeInstanceOf(ConditionUnmet);
      await expect(put('e', 1, 2)).rejects.toBeInstanceOf(ConditionUnmet);
      expect(await all()).toEqual(after);
    });

    it('does not take a row that lacks a value for a condition', async () => {
      const failure = await failureOf(async (tx) =>
        tx.later.insertRows('purse', [...purses('a'), { label: 'b', balance: null }], {
          carrier: 'balance',
        }),
      );
      expect(failure).toBeInstanceOf(StatementFailed);
    });

    it('still says of a duplicate key that it is one, and goes on with the next transaction', async () => {
      await db.transaction((tx) => tx.insertRows('purse', purses('a')));
      const failure = await failureOf(async (tx) => {
        tx.later.requireNone('purse WHERE balance > 1');
        await tx.later.insertNumbered('purse', purses('b', 'a'));
      });
      expect(isDuplicateKey(failure)).toBe(true);
      await db.transaction(async (tx) => {
        tx.later.requireNone('purse WHERE balance > 1');
        await tx.later.insertNumbered('purse', purses('b'));
      });
      expect((await all()).map(({ label }) => label)).toEqual(['a', 'b']);
    });
  },
);
