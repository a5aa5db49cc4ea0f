import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as mysql from 'mysql2';
import { Database } from '../database.ts';
import { conditionsSchema } from '../create-must-hold.ts';
import { idempotencySchema } from '../idempotency/idempotency.schema.ts';
import { migrate } from '../migrate.ts';
import type { MysqlStorage, SchemaParts, SqliteStorage, StorageOptions } from '../storage.ts';
import { joinSchemas } from '../storage.ts';
import { purseSchema } from './purse.ts';

/** A storage that nobody has used before, and how to get rid of it. */
export interface FreshStorage<Storage extends StorageOptions = StorageOptions> {
  readonly storage: Storage;
  drop(): Promise<void>;
}

/** A new SQLite file in a folder of its own. */
export async function freshSqlite(): Promise<FreshStorage<SqliteStorage>> {
  const folder = await mkdtemp(join(tmpdir(), 'onepoint-persistence-'));
  return {
    storage: { kind: 'sqlite', file: join(folder, 'made', 'test.sqlite') },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A new database name on a server (a spec hands on `MYSQL_URL`); `migrate` makes the database. */
export async function freshMysql(
  url = 'mysql://root@127.0.0.1:3306',
  limits: Pick<MysqlStorage, 'poolMax' | 'queryTimeoutMs'> = {},
): Promise<FreshStorage<MysqlStorage>> {
  const database = `t_persistence_${randomBytes(6).toString('hex')}`;
  return {
    storage: { kind: 'mysql', url, database, ...limits },
    drop: async () => {
      const connection = mysql.createConnection({ uri: url });
      await connection.promise().query(`DROP DATABASE IF EXISTS ${database}`);
      await connection.promise().end();
    },
  };
}

/** The engines on which every behaviour has to be the same. */
export function enginesWith(
  mysqlUrl: string | undefined,
): { readonly engine: string; fresh(): Promise<FreshStorage> }[] {
  return [
    { engine: 'a SQLite file', fresh: freshSqlite },
    { engine: 'MariaDB', fresh: () => freshMysql(mysqlUrl) },
  ];
}

/** What the specs keep: purses and idempotency keys. */
export const specSchema: SchemaParts = joinSchemas(
  purseSchema,
  idempotencySchema,
  conditionsSchema,
);

/** A migrated database for one spec file, and how to end it. */
export async function openFresh(
  fresh: () => Promise<FreshStorage>,
): Promise<{ db: Database; storage: StorageOptions; end(): Promise<void> }> {
  const { storage, drop } = await fresh();
  await migrate(storage, specSchema);
  const db = await Database.open(storage, specSchema);
  const end = async (): Promise<void> => {
    await db.close();
    await drop();
  };
  return { db, storage, end };
}
