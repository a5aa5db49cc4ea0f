import { Database } from '../database.ts';
import type { Transaction } from '../sql.ts';
import type { MysqlStorage, StorageOptions } from '../storage.ts';
import { freshMysql, openFresh, specSchema } from './storages.ts';

const ends: (() => Promise<void>)[] = [];

const storages = new WeakMap<Database, StorageOptions>();

/** A migrated database of its own on that server, with the purses a and b, both empty. */
export async function open(
  url: string | undefined,
  limits: Pick<MysqlStorage, 'poolMax' | 'queryTimeoutMs'> = {},
): Promise<Database> {
  const { db, storage, end } = await openFresh(() => freshMysql(url, limits));
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
export async function another(db: Database): Promise<Database> {
  const storage = storages.get(db);
  if (!storage) throw new Error('open the first door first');
  const other = await Database.open(storage, specSchema);
  ends.unshift(() => other.close());
  return other;
}

export const kill = (killer: Database, id: number): Promise<unknown> =>
  killer.transaction((tx) => tx.execute('KILL ?', [id]));

export const add = (tx: Transaction, label: string): Promise<unknown> =>
  tx.execute('UPDATE purse SET balance = balance + 1 WHERE label = ?', [label]);
export const balances = async (db: Database): Promise<number[]> => {
  const sql = 'SELECT balance FROM purse ORDER BY id';
  const rows = await db.read((reading) => reading.query<{ balance: number }>(sql));
  return rows.map((row) => row.balance);
};
export const connectionOf = async (tx: Pick<Transaction, 'query'>): Promise<number> => {
  const [row] = await tx.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
  return row?.id ?? NaN;
};

/** Closes and drops everything that was opened since the last time. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0)) await end();
}
