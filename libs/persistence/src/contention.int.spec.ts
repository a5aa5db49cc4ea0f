import { afterEach, describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { add, another, balances, endAll, open } from './spec/mariadb.ts';

const mysqlUrl = process.env['MYSQL_URL'];

afterEach(endAll);

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
      const db = await open(mysqlUrl);
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
    const db = await open(mysqlUrl);
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
    const db = await open(mysqlUrl);
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
