import { setTimeout as wait } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';

/** Pages that may still wait to be written; what a running service leaves at any moment is no less. */
const DIRTY_PAGES_MAX = 2_000;
const FLUSHED_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 500;
/** Pages a second; a server at its usual 200 would take an hour for what ten million deals leave. */
const FLUSHED_PER_SECOND = 50_000;
/** What is changed for the moment. The greatest capacity is raised before the usual one. */
const SETTINGS = [
  'innodb_max_dirty_pages_pct',
  'innodb_io_capacity_max',
  'innodb_io_capacity',
] as const;

/**
 * Lets the database come to rest after a bulk load, so that what is measured next is not its aftermath: it learns
 * what its tables hold, and writes out what it still has in memory. Goes on after five minutes at the latest.
 */
export async function comeToRest(connection: Connection, tables: readonly string[]): Promise<void> {
  for (const table of tables) await connection.query(`ANALYZE TABLE ${table}`);
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT ${SETTINGS.map((name) => `@@GLOBAL.${name} AS ${name}`).join(', ')}`,
  );
  const usual = SETTINGS.map((name) => Number(rows[0]?.[name]));
  await set(connection, [0, FLUSHED_PER_SECOND, FLUSHED_PER_SECOND]);
  const giveUpAt = performance.now() + FLUSHED_WITHIN_MS;
  while ((await dirtyPages(connection)) > DIRTY_PAGES_MAX && performance.now() < giveUpAt) {
    await wait(LOOK_EVERY_MS);
  }
  await set(connection, usual);
}

async function set(connection: Connection, values: readonly number[]): Promise<void> {
  for (const [at, name] of SETTINGS.entries()) {
    await connection.query(`SET GLOBAL ${name} = ${values[at]}`);
  }
}

async function dirtyPages(connection: Connection): Promise<number> {
  const status = `SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'`;
  const [rows] = await connection.query<RowDataPacket[]>(status);
  return Number(rows[0]?.['Value'] ?? 0);
}
