import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as mysql from 'mysql2';
import type { DataSource } from 'typeorm';
import { markTransaction } from './engines/lazy-runner.ts';
import { mysqlDataSource } from './engines/mysql-engine.ts';
import { mysqlDatabaseOf, mysqlServerOf, placeOf } from './engines/mysql-server.ts';
import { QuietLogger } from './engines/quiet-logger.ts';
import { freshRunner, openSqlite, sqliteDataSource } from './engines/sqlite-engine.ts';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { failureKindOf, whileConnecting, withoutParameters } from './errors/engine-errors.ts';
import type { MysqlStorage, SchemaParts, SqliteStorage, StorageOptions } from './storage.ts';

/** How long one run waits for another one to finish. */
const LOCK_WAIT_S = 60;
/** Building an index on a large table takes its time. */
const STATEMENT_MAX_MS = 3_600_000;
const SQLITE_PAUSE_MS = 50;

/**
 * Brings a database up to date: makes the MySQL database when it is missing, waits (60 s) until no
 * other run is at it, runs what has not run yet and returns the names. On SQLite all of it or
 * nothing; MySQL commits each statement of DDL by itself. Throws {@link DatabaseUnavailable}.
 */
export function migrate(storage: StorageOptions, schema: SchemaParts): Promise<string[]> {
  switch (storage.kind) {
    case 'mysql':
      return migrateMysql(storage, schema);
    case 'sqlite':
      return migrateSqlite(storage, schema);
    default:
      return storage satisfies never;
  }
}

async function migrateMysql(storage: MysqlStorage, schema: SchemaParts): Promise<string[]> {
  const database = mysqlDatabaseOf(storage);
  const lock = await connectForLock(storage);
  try {
    await lock.query(
      `CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    );
    const name = `migrate.${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;
    const [rows] = await lock.query<mysql.RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [
      name,
      LOCK_WAIT_S,
    ]);
    if (rows[0]?.['got'] !== 1) throw new DatabaseUnavailable('another migration is still running');
    const source = mysqlDataSource(storage, schema, new QuietLogger(), STATEMENT_MAX_MS);
    return await runOn(await source.initialize(), 'each');
  } catch (error) {
    throw whileConnecting(withoutParameters(error), placeOf(storage));
  } finally {
    // The server frees the lock with its connection.
    lock.destroy();
  }
}

async function connectForLock(
  storage: MysqlStorage,
): Promise<ReturnType<mysql.Connection['promise']>> {
  const connection = mysql.createConnection({ ...mysqlServerOf(storage), connectTimeout: 3_000 });
  connection.on('error', () => {});
  try {
    return await connection
      .promise()
      .connect()
      .then(() => connection.promise());
  } catch (error) {
    throw whileConnecting(error, placeOf(storage));
  }
}

async function migrateSqlite(storage: SqliteStorage, schema: SchemaParts): Promise<string[]> {
  const untilMs = performance.now() + LOCK_WAIT_S * 1000;
  for (;;) {
    try {
      return await migrateSqliteOnce(storage, schema);
    } catch (error) {
      if (failureKindOf(error) !== 'contention' || performance.now() > untilMs)
        throw withoutParameters(error);
      await sleep(SQLITE_PAUSE_MS);
    }
  }
}

/** The write lock is taken before the list of what has run is read, so that two runs cannot collide. */
async function migrateSqliteOnce(storage: SqliteStorage, schema: SchemaParts): Promise<string[]> {
  const source = await openSqlite(sqliteDataSource(storage, schema, new QuietLogger()), storage);
  const runner = freshRunner(source);
  try {
    // Off only outside a transaction; a migration may have to rebuild a table that others refer to.
    await runner.query('PRAGMA foreign_keys = OFF');
    await runner.query('BEGIN IMMEDIATE');
    markTransaction(runner, true);
    const ran = await source.runMigrations({ transaction: 'none' });
    await runner.query('COMMIT');
    return ran.map((migration) => migration.name);
  } finally {
    // Closing rolls back what was not committed.
    await source.destroy();
  }
}

async function runOn(source: DataSource, transaction: 'each'): Promise<string[]> {
  try {
    const ran = await source.runMigrations({ transaction });
    return ran.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
