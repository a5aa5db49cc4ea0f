import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { SERVICES, programOf } from './programs.ts';
import type { SystemOptions } from './system-options.ts';

/** A migration ended with an error. */
export class NotMigrated extends Error {
  override readonly name = 'NotMigrated';
}

/** Migrated once for each folder of programs, and copied for every system after that. */
const migratedFor = new Set<string>();

const migrationsOf = (options: SystemOptions): string => options.migrations ?? options.programs;

const patternOf = (options: SystemOptions): string =>
  `pattern${[...migratedFor].indexOf(migrationsOf(options))}_`;

/** Makes the five databases of a system: migrated, and empty but for what the migrations write. */
export async function layDatabases(options: SystemOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const programs = migrationsOf(options);
  if (!migratedFor.has(programs)) {
    migratedFor.add(programs);
    const pattern = { ...env, MYSQL_DATABASE_PREFIX: patternOf(options) };
    for (const name of SERVICES) {
      await migrate(programOf(programs, name, 'migrate'), pattern);
    }
  }
  const { port } = options.servers.mariaDb;
  const connection = await createConnection(`mysql://root@127.0.0.1:${port}`);
  try {
    for (const name of SERVICES) {
      await copyDatabase(connection, patternOf(options) + name, `${options.label}_${name}`);
    }
  } finally {
    connection.destroy();
  }
}

async function copyDatabase(connection: Connection, from: string, to: string): Promise<void> {
  await connection.query(`DROP DATABASE IF EXISTS ${to}`);
  await connection.query(`CREATE DATABASE ${to} CHARACTER SET utf8mb4`);
  const [tables] = await connection.query<RowDataPacket[]>(`SHOW TABLES FROM ${from}`);
  for (const row of tables) {
    const [table] = Object.values(row) as string[];
    await connection.query(`CREATE TABLE ${to}.${table} LIKE ${from}.${table}`);
    await connection.query(`INSERT INTO ${to}.${table} SELECT * FROM ${from}.${table}`);
  }
}

async function migrate(program: string, env: NodeJS.ProcessEnv): Promise<void> {
  const job = spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(job, 'exit')) as [number | null];
  if (code !== 0) throw new NotMigrated(program);
}
