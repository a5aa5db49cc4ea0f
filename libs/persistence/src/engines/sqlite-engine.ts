import { DataSource } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import { whileConnecting } from '../errors/engine-errors.ts';
import { StorageMisconfigured } from '../errors/misuse.ts';
import type { SchemaParts, SqliteStorage } from '../storage.ts';
import { Turns } from '../turns.ts';
import type { Connection, Engine } from './engine.ts';
import { LazyRunner } from './lazy-runner.ts';
import type { QuietLogger } from './quiet-logger.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteFile } from './sqlite-file.ts';
import type { RawSqlite } from './sqlite-file.ts';

const WAITING_MAX = 5_000;
const WAIT_MAX_MS = 5_000;
/** Waiting for another process stops the whole of this one, so it is short; the closure is retried. */
const BUSY_TIMEOUT_MS = 200;

/** A TypeORM data source on one SQLite file: WAL, and flushed to the disk at every commit (P3). */
export function sqliteDataSource(
  storage: SqliteStorage,
  schema: SchemaParts,
  logger: QuietLogger,
): DataSource {
  if (storage.file === '') throw new StorageMisconfigured('a SQLite database needs a file');
  return new DataSource({
    type: 'better-sqlite3',
    database: storage.file,
    timeout: BUSY_TIMEOUT_MS,
    prepareDatabase: (raw: RawSqlite) => {
      raw.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      raw.pragma('journal_mode = WAL');
      raw.pragma('synchronous = FULL');
      raw.pragma('foreign_keys = ON');
    },
    logger,
    entities: [...schema.entities],
    migrations: [...schema.migrations],
    synchronize: false,
  });
}

/** Opens the file; its folder is made when missing. */
export async function openSqlite(source: DataSource, storage: SqliteStorage): Promise<DataSource> {
  try {
    return await source.initialize();
  } catch (error) {
    throw whileConnecting(error, `SQLite file ${storage.file}`);
  }
}

/**
 * TypeORM keeps one query runner per SQLite data source and hands it to everyone, with whatever
 * transaction is open in it. Forgetting it makes the next one new: each holder of the turn gets his own.
 */
export function freshRunner(source: DataSource): QueryRunner {
  Object.assign(source.driver, { queryRunner: undefined });
  return source.createQueryRunner();
}

/** One file, one connection, one holder at a time. */
export class SqliteEngine implements Engine {
  readonly dialect = 'sqlite';
  private readonly turns = new Turns({
    capacity: 1,
    waitingMax: WAITING_MAX,
    waitMaxMs: WAIT_MAX_MS,
  });

  private constructor(
    private readonly source: DataSource,
    private readonly file: SqliteFile,
    private readonly logger: QuietLogger,
  ) {}

  static async open(
    storage: SqliteStorage,
    schema: SchemaParts,
    logger: QuietLogger,
  ): Promise<Engine> {
    const source = await openSqlite(sqliteDataSource(storage, schema, logger), storage);
    // A database in memory is born empty with its connection: nobody else could fill it.
    if (storage.file === ':memory:') await source.runMigrations({ transaction: 'none' });
    const raw: RawSqlite = await freshRunner(source).connect();
    return new SqliteEngine(source, new SqliteFile(raw), logger);
  }

  async take(): Promise<Connection> {
    await this.turns.take();
    const runner = new LazyRunner(() => freshRunner(this.source), this.logger);
    return new SqliteConnection(runner, this.file, () => this.turns.give());
  }

  /** Waits for whoever is at it, then closes the file. */
  async close(): Promise<void> {
    await this.turns.close();
    await this.source.destroy();
  }
}
