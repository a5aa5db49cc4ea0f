import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { BoundSql, BoundTransaction } from './bound-sql.ts';
import type { Engine } from './engines/engine.ts';
import { MysqlEngine } from './engines/mysql-engine.ts';
import { QuietLogger } from './engines/quiet-logger.ts';
import { SqliteEngine } from './engines/sqlite-engine.ts';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { failureKindOf, fromDriver, withoutParameters } from './errors/engine-errors.ts';
import { NestedTransaction } from './errors/misuse.ts';
import { abandon, causeOf, commit } from './end-transaction.ts';
import type { Sql, Transaction } from './sql.ts';
import type { Dialect, SchemaParts, StorageOptions } from './storage.ts';

const RETRIES_MAX = 5;
/** Contention is not met with repetitions beyond this time: the caller would have gone. */
const RETRY_WINDOW_MS = 5_000;
const RETRY_PAUSE_MS = 10;

/** What runs now in this asynchronous context, and whether it still does. */
interface Scope {
  active: boolean;
}

/**
 * One service's database and the only way to it. Nothing else begins transactions: a second way
 * would not wait for its turn on SQLite, and would give back dirty connections on MySQL.
 */
export class Database {
  private readonly scope = new AsyncLocalStorage<Scope>();

  private constructor(private readonly engine: Engine) {}

  /**
   * Connects; it does not migrate (only `:memory:` is migrated here, since nobody else could).
   * Throws {@link DatabaseUnavailable}, {@link StatementFailed} or {@link StorageMisconfigured}.
   */
  static async open(storage: StorageOptions, schema: SchemaParts): Promise<Database> {
    return new Database(await openEngine(storage, schema, new QuietLogger()));
  }

  get dialect(): Dialect {
    return this.engine.dialect;
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED; on SQLite one at a time) and commits when it
   * resolves. On a deadlock, a lock wait that ran out or a changed record the whole of `work` runs
   * again, up to 5 times within 5 s, so it must have no other effects; those go into `afterCommit`.
   * Any other error rolls back and is thrown on. Throws {@link NestedTransaction} inside another
   * one and {@link DatabaseUnavailable} when the database is away or contention does not end.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    this.refuseNested();
    const startedMs = performance.now();
    for (let retries = 0; ; retries++) {
      try {
        return await this.tryTransaction(work);
      } catch (error) {
        if (failureKindOf(error) !== 'contention') throw error;
        if (retries >= RETRIES_MAX || performance.now() - startedMs > RETRY_WINDOW_MS) {
          throw new DatabaseUnavailable('the rows are too contended', { cause: error });
        }
        await sleep(Math.random() * RETRY_PAUSE_MS * 2 ** retries);
      }
    }
  }

  /**
   * Runs `work` outside a transaction; each statement sees what is committed. On SQLite it waits
   * for its turn. Throws as {@link transaction} does, and {@link TransactionRequired} for changes.
   */
  async read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    this.refuseNested();
    const connection = await this.engine.take();
    const sql = new BoundSql(connection, this.dialect);
    try {
      const result = await this.within(() => work(sql));
      connection.release();
      return result;
    } catch (error) {
      if (failureKindOf(error) === 'away') connection.destroy();
      else connection.release();
      throw withoutParameters(error);
    } finally {
      sql.end();
    }
  }

  /** Resolves when the database answers within `timeoutMs`, else throws {@link DatabaseUnavailable}. */
  async ping(timeoutMs: number): Promise<void> {
    const late = new AbortController();
    const answered = this.scope.exit(() => this.read((sql) => sql.query('SELECT 1')));
    // The loser of the race must not become an unhandled rejection.
    answered.catch(() => {});
    try {
      await Promise.race([answered, refuseAfter(timeoutMs, late.signal)]);
    } finally {
      late.abort();
    }
  }

  /** Refuses who waits, lets what runs end, and closes. */
  async close(): Promise<void> {
    await this.engine.close();
  }

  private async tryTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const connection = await this.engine.take();
    const tx = new BoundTransaction(connection, this.dialect);
    connection.runner.watch((error) => tx.hear(fromDriver(error, '')));
    let result: T;
    try {
      await connection.begin();
      result = await this.within(() => work(tx));
      await tx.settled();
      if (tx.failure) throw tx.failure.error;
      tx.end();
      await commit(connection);
    } catch (error) {
      tx.end();
      const cause = causeOf(error, tx);
      await abandon(connection, cause);
      throw cause;
    }
    connection.release();
    tx.hooks.forEach(callHook);
    return result;
  }

  private refuseNested(): void {
    if (this.scope.getStore()?.active) throw new NestedTransaction();
  }

  private async within<T>(work: () => Promise<T>): Promise<T> {
    const scope: Scope = { active: true };
    try {
      return await this.scope.run(scope, work);
    } finally {
      scope.active = false;
    }
  }
}

function openEngine(
  storage: StorageOptions,
  schema: SchemaParts,
  logger: QuietLogger,
): Promise<Engine> {
  switch (storage.kind) {
    case 'mysql':
      return MysqlEngine.open(storage, schema, logger);
    case 'sqlite':
      return SqliteEngine.open(storage, schema, logger);
    default:
      return storage satisfies never;
  }
}

/** What is committed stays committed, whatever a hook does. */
function callHook(hook: () => void): void {
  try {
    hook();
  } catch (error) {
    process.emitWarning(`an afterCommit hook failed: ${String(error)}`, {
      type: 'AfterCommitHookFailed',
    });
  }
}

async function refuseAfter(timeoutMs: number, signal: AbortSignal): Promise<never> {
  await sleep(timeoutMs, undefined, { signal });
  throw new DatabaseUnavailable(`the database did not answer within ${timeoutMs} ms`);
}
