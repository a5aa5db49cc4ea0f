import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import type { Database } from './database.ts';
import { StatementFailed } from './errors/statement-failed.ts';
import { NestedTransaction, TransactionEnded, TransactionRequired } from './errors/misuse.ts';
import { isDuplicateKey } from './errors/is-duplicate-key.ts';
import { Purse } from './spec/purse.ts';
import { enginesWith, openFresh } from './spec/storages.ts';
import type { Sql, Transaction } from './sql.ts';

describe.each(enginesWith(process.env['MYSQL_URL']))('a database on $engine', ({ fresh }) => {
  let db: Database;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ db, end } = await openFresh(fresh));
  });
  beforeEach(() => db.transaction((tx) => tx.execute('DELETE FROM purse')));
  afterAll(() => end());

  const put = (tx: Transaction, label: string | null, balance = 0): Promise<unknown> =>
    tx.execute('INSERT INTO purse (label, balance) VALUES (?, ?)', [label, balance]);
  const labels = async (): Promise<string[]> => {
    const rows = await db.read((sql) =>
      sql.query<{ label: string }>('SELECT label FROM purse ORDER BY label'),
    );
    return rows.map((row) => row.label);
  };

  it('keeps what was committed apart from what another, concurrent one rolled back', async () => {
    const one = (label: string, fails: boolean): Promise<unknown> =>
      db.transaction(async (tx) => {
        await put(tx, `${label}1`);
        await nextTurn();
        await tx.manager.insert(Purse, { label: `${label}2`, balance: 0 });
        await nextTurn();
        if (fails) throw new Error('on purpose');
      });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => one(`${n}-`, n % 2 === 1)),
    );
    expect(outcomes.map((outcome) => outcome.status === 'fulfilled')).toEqual(
      outcomes.map((_, n) => n % 2 === 0),
    );
    expect(await labels()).toEqual([0, 2, 4, 6, 8].flatMap((n) => [`${n}-1`, `${n}-2`]));
  });

  it('rolls back what TypeORM saved in it, with its own transactions inside', async () => {
    const work = db.transaction(async (tx) => {
      await tx.manager.save(Purse, { label: 'saved', balance: 1 });
      await tx.manager.transaction((inner) => inner.save(Purse, { label: 'inner', balance: 1 }));
      throw new Error('on purpose');
    });
    await expect(work).rejects.toThrow('on purpose');
    expect(await labels()).toEqual([]);
  });

  it('loses no update when rows are read with forUpdate', async () => {
    await db.transaction((tx) => put(tx, 'shared'));
    await Promise.all(
      Array.from({ length: 20 }, () =>
        db.transaction(async (tx) => {
          const sql = `SELECT balance FROM purse WHERE label = 'shared'${tx.forUpdate()}`;
          const [row] = await tx.query<{ balance: number }>(sql);
          await nextTurn();
          await tx.execute('UPDATE purse SET balance = ?', [(row?.balance ?? NaN) + 1]);
        }),
      ),
    );
    const rows = await db.read((sql) => sql.query('SELECT balance FROM purse'));
    expect(rows).toEqual([{ balance: 20 }]);
  });

  it('calls afterCommit when the rows can be seen, and never after a rollback', async () => {
    const seen: Promise<string[]>[] = [];
    const failing = db.transaction(async (tx) => {
      tx.afterCommit(() => seen.push(labels()));
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(seen).toHaveLength(0);
    await db.transaction(async (tx) => {
      tx.afterCommit(() => seen.push(labels()));
      await put(tx, 'there');
      expect(seen).toHaveLength(0);
    });
    expect(await Promise.all(seen)).toEqual([['there']]);
  });

  it('stays committed when an afterCommit hook throws, and warns', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const value = await db.transaction(async (tx) => {
      tx.afterCommit(() => {
        throw new Error('hook');
      });
      await put(tx, 'kept');
      return 'answer';
    });
    expect([value, await labels()]).toEqual(['answer', ['kept']]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('hook'), {
      type: 'AfterCommitHookFailed',
    });
    warn.mockRestore();
  });

  it('refuses a transaction or a read inside another instead of waiting for itself', async () => {
    for (const inner of [() => db.transaction(async () => 1), () => db.read(async () => 1)]) {
      await expect(db.transaction(inner)).rejects.toBeInstanceOf(NestedTransaction);
      await expect(db.read(inner)).rejects.toBeInstanceOf(NestedTransaction);
    }
  });

  it('lets what was begun inside, but runs after the end, have its own transaction', async () => {
    let open = (): void => {};
    const ended = new Promise<void>((resolve) => (open = resolve));
    let later: Promise<unknown> = Promise.resolve();
    await db.transaction(async () => {
      later = ended.then(() => db.transaction((tx) => put(tx, 'later')));
    });
    open();
    await later;
    expect(await labels()).toEqual(['later']);
  });

  it('refuses statements that come after its end, TypeORM included', async () => {
    let leaked: { tx: Transaction; manager: EntityManager } | undefined;
    await db.transaction(async (tx) => {
      leaked = { tx, manager: tx.manager };
      await tx.query('SELECT 1');
    });
    await expect(leaked?.tx.execute('DELETE FROM purse')).rejects.toBeInstanceOf(TransactionEnded);
    await expect(leaked?.manager.insert(Purse, { balance: 1 })).rejects.toThrow(/released/i);
  });

  it('commits nothing when a failed statement was caught and forgotten', async () => {
    const forgetting = [
      (tx: Transaction) => tx.execute('INSERT INTO purse (balance) VALUES (NULL)'),
      (tx: Transaction) => tx.manager.query('SELECT * FROM nowhere'),
    ];
    const goingOn = [
      async () => {},
      (tx: Transaction) => put(tx, 'after').catch(() => {}),
      (tx: Transaction) => tx.manager.insert(Purse, { label: 'after', balance: 0 }),
    ];
    for (const failing of forgetting) {
      for (const goesOn of goingOn) {
        const work = db.transaction(async (tx) => {
          await put(tx, 'half');
          await failing(tx).catch(() => {});
          await goesOn(tx);
        });
        await expect(work).rejects.toBeInstanceOf(StatementFailed);
      }
    }
    expect(await labels()).toEqual([]);
  });

  it('lets a duplicate key be caught, for it undoes its own statement only', async () => {
    await db.transaction(async (tx) => {
      await put(tx, 'same');
      const again = await put(tx, 'same').catch((error: unknown) => error);
      const byTypeOrm = tx.manager.insert(Purse, { label: 'same', balance: 1 });
      expect(isDuplicateKey(again)).toBe(true);
      expect(isDuplicateKey(await byTypeOrm.catch((error: unknown) => error))).toBe(true);
      expect(isDuplicateKey(new Error('wrapped', { cause: again }))).toBe(true);
      await put(tx, 'other');
    });
    expect(await labels()).toEqual(['other', 'same']);
  });

  it('reads without changing', async () => {
    const changes: ((sql: Sql) => Promise<unknown>)[] = [
      (sql) => sql.execute('DELETE FROM purse'),
      (sql) => sql.insertRows('purse', [{ balance: 1 }]),
    ];
    for (const change of changes) {
      await expect(db.read(change)).rejects.toBeInstanceOf(TransactionRequired);
    }
  });

  it('carries no parameter in its errors, whoever sent the statement (P13)', async () => {
    const senders = [
      (tx: Transaction) => tx.query('SELECT ? FROM nowhere', ['010-1234']),
      (tx: Transaction) => tx.manager.query('SELECT ? FROM nowhere', ['010-1234']),
    ];
    for (const sender of senders) {
      const error: unknown = await db.transaction(sender).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StatementFailed);
      expect(JSON.stringify({ ...(error as Error), text: String(error) })).not.toContain('010');
      expect((error as Error).cause).toBeUndefined();
    }
  });

  it('answers a ping', async () => {
    await expect(db.ping(2_000)).resolves.toBeUndefined();
  });
});
