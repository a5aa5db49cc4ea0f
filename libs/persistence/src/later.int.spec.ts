import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from './database.ts';
import { isDuplicateKey } from './errors/is-duplicate-key.ts';
import { TransactionEnded, UnevenRows, UnsafeParameter } from './errors/misuse.ts';
import { Purse } from './spec/purse.ts';
import { enginesWith, openFresh } from './spec/storages.ts';
import type { Transaction } from './sql.ts';

describe.each(enginesWith(process.env['MYSQL_URL']))(
  'statements that nobody waits for, on $engine',
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

    const labels = (): Promise<{ label: string; balance: number }[]> =>
      db.read((sql) => sql.query('SELECT label, balance FROM purse ORDER BY label'));
    const put = (tx: Transaction, ...names: string[]): void =>
      tx.later.insertRows(
        'purse',
        names.map((label) => ({ label, balance: 1 })),
      );

    it('are there after the commit, in the order in which they were given', async () => {
      await db.transaction(async (tx) => {
        put(tx, 'a', 'b');
        tx.later.execute('UPDATE purse SET balance = balance + ? WHERE label = ?', [10, 'a']);
        tx.later.upsertRows('purse', [{ label: 'b', balance: 5 }], {
          key: ['label'],
          update: ['balance'],
        });
      });
      expect(await labels()).toEqual([
        { label: 'a', balance: 11 },
        { label: 'b', balance: 5 },
      ]);
    });

    it('are seen by the next statement of their transaction', async () => {
      const seen = await db.transaction(async (tx) => {
        put(tx, 'a');
        return tx.query('SELECT label FROM purse');
      });
      expect(seen).toEqual([{ label: 'a' }]);
    });

    it('fail their transaction with a duplicate, also where they go before a statement of TypeORM', async () => {
      await db.transaction(async (tx) => put(tx, 'a'));
      const doubled = db.transaction(async (tx) => {
        put(tx, 'a');
        await tx.manager.countBy(Purse, { label: 'a' }).catch(() => 0);
        tx.later.execute('UPDATE purse SET balance = 9');
      });
      const failure = await doubled.catch((error: unknown) => error);
      expect(isDuplicateKey(failure)).toBe(true);
      expect(await labels()).toEqual([{ label: 'a', balance: 1 }]);
    });

    it('are seen by TypeORM in their transaction, and never outlive it', async () => {
      const failing = db.transaction(async (tx) => {
        put(tx, 'a');
        expect(await tx.manager.findOneBy(Purse, { label: 'a' })).toMatchObject({ balance: 1 });
        throw new RangeError('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await labels()).toEqual([]);
    });

    it('are dropped with a transaction that fails before they travel', async () => {
      const failing = db.transaction(async (tx) => {
        put(tx, 'a');
        throw new RangeError('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await labels()).toEqual([]);
    });

    it('fail the transaction as the duplicate key that they are, and take everything with them', async () => {
      await db.transaction(async (tx) => put(tx, 'taken'));
      const failing = db.transaction(async (tx) => {
        put(tx, 'new');
        put(tx, 'taken');
        put(tx, 'newer');
      });
      expect(isDuplicateKey(await failing.catch((error: unknown) => error))).toBe(true);
      expect(await labels()).toEqual([{ label: 'taken', balance: 1 }]);
    });

    it('cannot fail unnoticed behind a statement whose error is caught', async () => {
      await db.transaction(async (tx) => put(tx, 'taken'));
      const failing = db.transaction(async (tx) => {
        try {
          put(tx, 'taken');
          put(tx, 'lost');
          await tx.query('SELECT 1 AS one');
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
        await tx.insertRows('purse', [{ label: 'afterwards', balance: 1 }]);
      });
      expect(isDuplicateKey(await failing.catch((error: unknown) => error))).toBe(true);
      expect(await labels()).toEqual([{ label: 'taken', balance: 1 }]);
    });

    it('leave a duplicate that was waited for alone to be caught, as ever', async () => {
      await db.transaction(async (tx) => put(tx, 'taken'));
      await db.transaction(async (tx) => {
        await tx.insertRows('purse', [{ label: 'taken', balance: 2 }]).catch(() => undefined);
        put(tx, 'other');
      });
      expect(await labels()).toEqual([
        { label: 'other', balance: 1 },
        { label: 'taken', balance: 1 },
      ]);
    });

    it('call their hooks once they are committed', async () => {
      const heard: string[] = [];
      await db.transaction(async (tx) => {
        put(tx, 'a');
        tx.afterCommit(() => void heard.push('committed'));
      });
      expect(heard).toEqual(['committed']);
    });

    it('refuse what no statement may contain, at once', async () => {
      const given = (rows: Record<string, unknown>[]) =>
        db.transaction(async (tx) => tx.later.insertRows('purse', rows));
      await expect(given([{ label: {}, balance: 1 }])).rejects.toBeInstanceOf(UnsafeParameter);
      await expect(given([{ label: 'a', balance: 1 }, { label: 'b' }])).rejects.toBeInstanceOf(
        UnevenRows,
      );
    });

    it('are refused when the transaction is over', async () => {
      let kept: Transaction | undefined;
      await db.transaction(async (tx) => void (kept = tx));
      expect(() => put(kept!, 'late')).toThrow(TransactionEnded);
    });

    it('carry more rows than one statement takes', async () => {
      const names = Array.from({ length: 1_201 }, (_, at) => `n${String(at).padStart(4, '0')}`);
      await db.transaction(async (tx) => put(tx, ...names));
      expect((await labels()).map(({ label }) => label)).toEqual(names);
    });

    it('answer each of several that were begun together with its own', async () => {
      const answers = await db.transaction((tx) => {
        put(tx, 'a', 'b');
        return Promise.all([
          tx.query('SELECT label FROM purse ORDER BY label'),
          tx.execute('UPDATE purse SET balance = 9'),
          tx.query('SELECT SUM(balance) AS total FROM purse'),
          tx.insertRows('purse', [{ label: 'c', balance: 1 }]),
        ]);
      });
      expect(answers).toMatchObject([
        [{ label: 'a' }, { label: 'b' }],
        { affected: 2 },
        [{ total: 18 }],
        { affected: 1, ids: [expect.any(Number)] },
      ]);
    });
  },
);
