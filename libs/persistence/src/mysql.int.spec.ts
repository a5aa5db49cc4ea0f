import { afterEach, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { isDatabaseAway } from './errors/is-database-away.ts';
import { migrate } from './migrate.ts';
import { add, another, balances, connectionOf, endAll, kill, open } from './spec/mariadb.ts';
import { specSchema } from './spec/storages.ts';
import type { Transaction } from './sql.ts';
import type { MysqlStorage } from './storage.ts';

const mysqlUrl = process.env['MYSQL_URL'];

afterEach(endAll);

describe('a connection to MariaDB whose state is unknown', () => {
  it('is destroyed with its transaction when a statement takes too long', async () => {
    const db = await open(mysqlUrl, { poolMax: 1, queryTimeoutMs: 300 });
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
    const db = await open(mysqlUrl, { poolMax: 3, queryTimeoutMs: 1_500 });
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
    const db = await open(mysqlUrl, { poolMax: 1 });
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
    const db = await open(mysqlUrl, { poolMax: 1 });
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
    const db = await open(mysqlUrl, { poolMax: 1 });
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
      expect(String(error)).toMatch(/database x at 127\.0\.0\.1:1 cannot be reached: ECONNREFUSED/);
      expect(String(error)).not.toContain('s3cret');
    }
  });
});
