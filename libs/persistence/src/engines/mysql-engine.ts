import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import type { Pool, PoolConnection } from 'mysql2';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { whileConnecting } from '../errors/engine-errors.ts';
import { StorageMisconfigured } from '../errors/misuse.ts';
import type { MysqlStorage, SchemaParts } from '../storage.ts';
import { Turns } from '../turns.ts';
import type { Connection, Engine } from './engine.ts';
import { LazyRunner } from './lazy-runner.ts';
import { MysqlConnection } from './mysql-connection.ts';
import { mysqlDriver, sessionSetup } from './mysql-driver.ts';
import type { IdentityColumns } from './mysql-identities.ts';
import { mysqlDatabaseOf, mysqlServerOf, placeOf } from './mysql-server.ts';
import { QuietLogger } from './quiet-logger.ts';

const POOL_MAX = 12;
const QUERY_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 3_000;
const WAITING_MAX = 5_000;
const WAIT_MAX_MS = 5_000;
/** A lock is waited for less long than a statement may take, so that the server says so itself. */
const LOCK_WAIT_S = 2;

function limitsOf(storage: MysqlStorage): { poolMax: number; queryTimeoutMs: number } {
  const { poolMax = POOL_MAX, queryTimeoutMs = QUERY_TIMEOUT_MS } = storage;
  if (!Number.isInteger(poolMax) || poolMax < 1 || poolMax > 1000) {
    throw new StorageMisconfigured('poolMax is a whole number from 1 to 1000');
  }
  if (!Number.isInteger(queryTimeoutMs) || queryTimeoutMs < 1) {
    throw new StorageMisconfigured('queryTimeoutMs is a whole number from 1');
  }
  return { poolMax, queryTimeoutMs };
}

/** A TypeORM data source on MySQL, with a pool whose numbers are JavaScript numbers. */
export function mysqlDataSource(
  storage: MysqlStorage,
  schema: SchemaParts,
  logger: QuietLogger,
  queryTimeoutMs: number = limitsOf(storage).queryTimeoutMs,
): DataSource {
  const { user, ...server } = mysqlServerOf(storage);
  return new DataSource({
    type: 'mysql',
    ...server,
    username: user,
    database: mysqlDatabaseOf(storage),
    driver: mysqlDriver(sessionSetup(LOCK_WAIT_S, queryTimeoutMs)),
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT_MS,
    poolSize: limitsOf(storage).poolMax,
    enableQueryTimeout: true,
    maxQueryExecutionTime: queryTimeoutMs,
    logger,
    entities: [...schema.entities],
    migrations: [...schema.migrations],
    synchronize: false,
    // Whoever waits does so in Turns; the pool itself never has a queue.
    extra: {
      supportBigNumbers: false,
      bigNumberStrings: false,
      decimalNumbers: true,
      waitForConnections: true,
      queueLimit: limitsOf(storage).poolMax,
      enableKeepAlive: true,
      // Pipeline sends several in one packet. Values never become part of a statement unescaped.
      multipleStatements: true,
    },
  });
}

/** Connections of one pool. */
export class MysqlEngine implements Engine {
  readonly dialect = 'mysql';
  private readonly turns: Turns;
  private readonly identities: IdentityColumns = new Map();
  private readonly timeoutMs: number;
  private readonly place: string;

  private constructor(
    private readonly source: DataSource,
    storage: MysqlStorage,
    private readonly logger: QuietLogger,
  ) {
    const { poolMax, queryTimeoutMs } = limitsOf(storage);
    this.turns = new Turns({ capacity: poolMax, waitingMax: WAITING_MAX, waitMaxMs: WAIT_MAX_MS });
    this.timeoutMs = queryTimeoutMs;
    this.place = placeOf(storage);
  }

  /** Connects once, so that wrong credentials and a missing database show at start. */
  static async open(
    storage: MysqlStorage,
    schema: SchemaParts,
    logger: QuietLogger,
  ): Promise<Engine> {
    const source = mysqlDataSource(storage, schema, logger);
    try {
      await source.initialize();
    } catch (error) {
      throw whileConnecting(error, placeOf(storage));
    }
    return new MysqlEngine(source, storage, logger);
  }

  async take(): Promise<Connection> {
    await this.turns.take();
    try {
      const raw = await this.connect();
      const runner = new LazyRunner(() => this.runnerOn(raw), this.logger);
      return new MysqlConnection(runner, raw, this.identities, this.timeoutMs, () =>
        this.turns.give(),
      );
    } catch (error) {
      this.turns.give();
      const known = whileConnecting(error, this.place);
      // What the pool says of itself has no code: it is closed, or has too many waiting.
      throw known === error ? new DatabaseUnavailable(`${this.place}: ${String(error)}`) : known;
    }
  }

  /** From the pool that TypeORM uses, without a runner of its own in between. */
  private connect(): Promise<PoolConnection> {
    const { pool } = this.source.driver as unknown as { readonly pool: Pool };
    return new Promise((resolve, reject) => {
      pool.getConnection((error, raw) => (error ? reject(error) : resolve(raw)));
    });
  }

  private runnerOn(raw: PoolConnection): QueryRunner {
    return Object.assign(this.source.createQueryRunner(), { databaseConnection: raw });
  }

  /** A server that does not answer is not waited for longer than {@link WAIT_MAX_MS}. */
  async close(): Promise<void> {
    await this.turns.close();
    const late = new AbortController();
    const waited = sleep(WAIT_MAX_MS, undefined, { signal: late.signal }).catch(() => {});
    await Promise.race([this.source.destroy(), waited]);
    late.abort();
  }
}
