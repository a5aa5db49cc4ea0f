import { afterEach, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { isDatabaseAway } from './errors/is-database-away.ts';
import { migrate } from './migrate.ts';
import { freshMysql, openFresh, specSchema } from './spec/storages.ts';
import type { Transaction } from './sql.ts';
import type { MysqlStorage, StorageOptions } from './storage.ts';

const ends: (() => Promise<void>)[] = [];

const storages = new WeakMap<Database, StorageOptions>();

async function open(
  limits: Pick<MysqlStorage, 'poolMax' | 'queryTimeoutMs'> = {},
): Promise<Database> {
  const { db, storage, end } = await openFresh(() => freshMysql(limits));
  storages.set(db, storage);
  ends.push(end);
  await db.transaction((tx) =>
    tx.insertRows('purse', [
      { label: 'a', balance: 0 },
      { label: 'b', balance: 0 },
    ]),
  );
  return db;
}

/** A second door to the same database, as another process would have. */
async function another(db: Database): Promise<Database> {
  const storage = storages.get(db);
  if (!storage) throw new Error('open the first door first');
  const other = await Database.open(storage, specSchema);
  ends.unshift(() => other.close());
  return other;
}

const kill = (killer: Database, id: number): Promise<unknown> =>
  killer.transaction((tx) => tx.execute('KILL ?', [id]));

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const add = (tx: Transaction, label: string): Promise<unknown> =>
  tx.execute('UPDATE purse SET balance = balance + 1 WHERE label = ?', [label]);
const balances = async (db: Database): Promise<number[]> => {
  const sql = 'SELECT balance FROM purse ORDER BY id';
  const rows = await db.read((reading) => reading.query<{ balance: number }>(sql));
  return rows.map((row) => row.balance);
};
const connectionOf = async (tx: Pick<Transaction, 'query'>): Promise<number> => {
  const [row] = await tx.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
  return row?.id ?? NaN;
};

/** Lets the first two who come go on together. */
function meetingOfTwo(): () => Promise<void> {
  let here = 0;
  let open = (): void => {};
  const both = new Promise<void>((resolve) => (open = resolve));
  return () => {
    here += 1;
    if (here === 2) open();
    return both;
  };
}

describe('a database on MariaDB that gets in its own way', () => {
  it.each([
    ['thrown on', false],
    ['caught and forgotten', true],
  ])(
    'runs the whole of a deadlocked transaction again when the error is %s',
    async (_how, caught) => {
      const db = await open();
      const meet = meetingOfTwo();
      let runs = 0;
      let commits = 0;
      const cross = (first: string, second: string): Promise<void> =>
        db.transaction(async (tx) => {
          runs += 1;
          tx.afterCommit(() => (commits += 1));
          await add(tx, first);
          await meet();
          await add(tx, second).catch((error: unknown) => {
            if (!caught) throw error;
          });
          await tx.insertRows('purse', [{ label: `${first}${second}`, balance: 1 }]);
        });
      await Promise.all([cross('a', 'b'), cross('b', 'a')]);
      expect(await balances(db)).toEqual([2, 2, 1, 1]);
      expect([runs, commits]).toEqual([3, 2]);
    },
  );

  it('gives up on rows that stay locked, and says that the database is unavailable', async () => {
    const db = await open();
    let runs = 0;
    await db.transaction(async (holder) => {
      await add(holder, 'a');
      const contender = another(db).then((other) =>
        other.transaction(async (tx) => {
          runs += 1;
          await tx.execute('SET SESSION innodb_lock_wait_timeout = 0');
          await add(tx, 'a');
        }),
      );
      await expect(contender).rejects.toBeInstanceOf(DatabaseUnavailable);
    });
    expect(runs).toBe(6);
    expect(await balances(db)).toEqual([1, 0]);
  });

  it('sees in a transaction what others have committed meanwhile (READ COMMITTED)', async () => {
    const db = await open();
    const other = await another(db);
    const seen = await db.transaction(async (tx) => {
      const sql = "SELECT balance FROM purse WHERE label = 'a'";
      const before = await tx.query(sql);
      await other.transaction((elsewhere) => add(elsewhere, 'a'));
      return [before, await tx.query(sql)];
    });
    expect(seen).toEqual([[{ balance: 0 }], [{ balance: 1 }]]);
  });
});

describe('a connection to MariaDB whose state is unknown', () => {
  it('is destroyed with its transaction when a statement takes too long', async () => {
    const db = await open({ poolMax: 1, queryTimeoutMs: 300 });
    const slow = [
      (tx: Transaction) => tx.query('SELECT SLEEP(20)'),
      (tx: Transaction) => tx.manager.query('SELECT SLEEP(20)'),
    ];
    for (const sleeping of slow) {
      let used = 0;
      const work = db.transaction(async (tx) => {
        used = await connectionOf(tx);
        await add(tx, 'a');
        await sleeping(tx);
      });
      await expect(work).rejects.toMatchObject({
        name: 'DatabaseUnavailable',
        outcomeUnknown: false,
      });
      expect(await db.read(connectionOf)).not.toBe(used);
    }
    await expect(db.read((sql) => sql.query('SELECT SLEEP(20)'))).rejects.toBeInstanceOf(
      DatabaseUnavailable,
    );
    expect(await balances(db)).toEqual([0, 0]);
  });

  it('has told the server the same limit, so that no statement works on alone', async () => {
    const db = await open({ poolMax: 3, queryTimeoutMs: 1_500 });
    const sql = `SHOW VARIABLES WHERE Variable_name IN ('max_statement_time', 'max_execution_time')`;
    const limits = await Promise.all(
      [1, 2, 3].map(() => db.read((reading) => reading.query<{ Value: string }>(sql))),
    );
    expect(limits.flat().map((row) => [1.5, 1500].includes(Number(row.Value)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is replaced when the server has closed it', async () => {
    const db = await open({ poolMax: 1 });
    const killer = await another(db);
    const work = db.transaction(async (tx) => {
      await add(tx, 'a');
      await kill(killer, await connectionOf(tx));
      await add(tx, 'b');
    });
    await expect(work).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      outcomeUnknown: false,
    });
    expect(await balances(db)).toEqual([0, 0]);
  });

  it('leaves the outcome open when it is lost during COMMIT (P3)', async () => {
    const db = await open({ poolMax: 1 });
    const killer = await another(db);
    const work = db.transaction(async (tx) => {
      await add(tx, 'a');
      await kill(killer, await connectionOf(tx));
    });
    await expect(work).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcomeUnknown: true });
    expect(await balances(db)).toEqual([0, 0]);
  });
});

describe('a MariaDB that cannot be had', () => {
  it('is away for those who wait too long for a connection', async () => {
    const db = await open({ poolMax: 1 });
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const holder = db.read(() => held);
    await expect(db.ping(50)).rejects.toBeInstanceOf(DatabaseUnavailable);
    release();
    await holder;
    await expect(db.ping(2_000)).resolves.toBeUndefined();
  });

  it('is away when nobody listens, and the password is not in the message', async () => {
    const nowhere: MysqlStorage = {
      kind: 'mysql',
      url: 'mysql://root:s3cret@127.0.0.1:1',
      database: 'x',
    };
    for (const attempt of [Database.open(nowhere, specSchema), migrate(nowhere, specSchema)]) {
      const error: unknown = await attempt.catch((thrown: unknown) => thrown);
      expect(isDatabaseAway(error)).toBe(true);
      expect(String(error)).toMatch(/ECONNREFUSED/);
      expect(String(error)).not.toContain('s3cret');
    }
  });
});
