import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { freshSqlite, openFresh, specSchema } from './spec/storages.ts';
import type { SqliteStorage } from './storage.ts';

const ends: (() => Promise<void>)[] = [];
const WRITER = join(import.meta.dirname, 'spec', 'acknowledge-until-killed.ts');

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Runs the writer until it has acknowledged enough, kills it with -9, and gives what it said. */
async function writeUntilKilled(storage: SqliteStorage, linesMin: number): Promise<number[]> {
  const args = ['--experimental-transform-types', '--no-warnings', WRITER, storage.file];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const writer = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const said: number[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    said.push(Number(line));
    if (said.length === linesMin) writer.kill('SIGKILL');
  }
  if (writer.signalCode === null && writer.exitCode === null) await event(writer, 'exit');
  return said;
}

describe('a SQLite file', () => {
  it('has every acknowledged row, and no half transaction, after kill -9 (P3)', async () => {
    const { storage, drop } = await freshSqlite();
    ends.push(drop);
    const said = await writeUntilKilled(storage, 300);
    const db = await Database.open(storage, { entities: [], migrations: [] });
    ends.unshift(() => db.close());
    const rows = await db.read((sql) =>
      sql.query<{ id: number; half: number }>('SELECT * FROM line'),
    );
    const kept = new Set(rows.map((row) => row.id));
    expect(said.length).toBeGreaterThanOrEqual(300);
    expect(said.filter((id) => !kept.has(id))).toEqual([]);
    expect(rows.filter((row) => row.half === 1)).toHaveLength(rows.length / 2);
  });

  it('is flushed at every commit, in WAL mode, with foreign keys', async () => {
    const { db, end } = await openFresh(freshSqlite);
    ends.push(end);
    const pragmas = await db.read(async (sql) => [
      await sql.query('PRAGMA journal_mode'),
      await sql.query('PRAGMA synchronous'),
      await sql.query('PRAGMA foreign_keys'),
    ]);
    expect(pragmas).toEqual([
      [{ journal_mode: 'wal' }],
      [{ synchronous: 2 }],
      [{ foreign_keys: 1 }],
    ]);
  });

  it('is waited for when another process writes into it', async () => {
    const { db, storage, end } = await openFresh(freshSqlite);
    ends.push(end);
    const other = await Database.open(storage, specSchema);
    ends.unshift(() => other.close());
    const contend = (): Promise<unknown> =>
      other.transaction((tx) => tx.insertRows('purse', [{ label: 'second', balance: 0 }]));
    let contender: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await tx.insertRows('purse', [{ label: 'first', balance: 0 }]);
      contender = contend();
      await nextTurn();
    });
    await contender;
    const rows = await db.read((sql) => sql.query('SELECT label FROM purse ORDER BY id'));
    expect(rows).toEqual([{ label: 'first' }, { label: 'second' }]);
  });

  it('keeps the turns in the order in which they were asked for', async () => {
    const { db, end } = await openFresh(freshSqlite);
    ends.push(end);
    const order: number[] = [];
    const turn = (n: number) => async (): Promise<void> => {
      await nextTurn();
      order.push(n);
    };
    const turns = Array.from({ length: 20 }, (_, n) =>
      n % 3 === 0 ? db.read(turn(n)) : db.transaction(turn(n)),
    );
    await Promise.all(turns);
    expect(order).toEqual(turns.map((_, n) => n));
  });
});
