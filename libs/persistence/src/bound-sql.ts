import type { EntityManager } from 'typeorm';
import { checkParameters } from './check-parameters.ts';
import type { Connection } from './engines/engine.ts';
import { isDuplicateKey } from './errors/is-duplicate-key.ts';
import { EmptyList, TransactionEnded, TransactionRequired } from './errors/misuse.ts';
import { rowsToInsert } from './rows-to-insert.ts';
import type {
  Change,
  InsertedRows,
  LaterStatements,
  Sql,
  SqlParameter,
  Transaction,
  Upsert,
} from './sql.ts';
import type { Dialect } from './storage.ts';
import { upsertClause } from './upsert-clause.ts';

/** Reading on one connection, each statement for itself. */
export class BoundSql implements Sql {
  private ended = false;

  constructor(
    protected readonly connection: Connection,
    readonly dialect: Dialect,
  ) {}

  get manager(): EntityManager {
    return this.connection.runner.get().manager;
  }

  async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.sent(() => this.connection.select(sql, checkParameters(params)))) as Row[];
  }

  async execute(_sql: string, _params?: readonly unknown[]): Promise<Change> {
    throw new TransactionRequired();
  }

  async insertRows(
    _table: string,
    _rows: readonly Readonly<Record<string, unknown>>[],
    _options?: { readonly ignoreDuplicates?: boolean },
  ): Promise<InsertedRows> {
    throw new TransactionRequired();
  }

  forUpdate(): string {
    return this.dialect === 'mysql' ? ' FOR UPDATE' : '';
  }

  useIndex(index: string): string {
    return this.dialect === 'mysql' ? ` FORCE INDEX (${index})` : '';
  }

  inList(values: readonly (string | number)[]): { sql: string; params: SqlParameter[] } {
    if (values.length === 0) throw new EmptyList();
    return { sql: `(${Array(values.length).fill('?').join(',')})`, params: [...values] };
  }

  /** From now on every statement throws {@link TransactionEnded}. */
  end(): void {
    this.ended = true;
  }

  protected refuseEnded(): void {
    if (this.ended) throw new TransactionEnded();
  }

  protected async sent<T>(statement: () => Promise<T>): Promise<T> {
    this.refuseEnded();
    return statement();
  }
}

/** The statements of one transaction, with what is to happen after its commit. */
export class BoundTransaction extends BoundSql implements Transaction {
  readonly hooks: (() => void)[] = [];
  readonly later: LaterStatements = {
    execute: (sql, params = [], condition) =>
      this.noted(() =>
        this.connection.changeLater(sql, checkParameters(params), condition?.affects),
      ),
    insertRows: (table, rows, how) => {
      const insert = rowsToInsert(table, rows, how);
      if (insert) this.noted(() => this.connection.insertLater(insert));
    },
    insertNumbered: async (table, rows, how) => {
      const insert = rowsToInsert(table, rows, how);
      if (!insert) throw new EmptyList();
      return this.sent(() => this.connection.insertNumberedLater(insert));
    },
    requireNone: (from, params = []) =>
      this.noted(() => this.connection.requireNoneLater(from, checkParameters(params))),
    upsertRows: (table, rows, upsert) =>
      this.later.insertRows(table, rows, { onDuplicate: upsertClause(this.dialect, upsert) }),
  };
  /** What was sent for TypeORM's sake and is not answered yet. */
  private started: Promise<void> | undefined;
  private firstFailure: { readonly error: unknown } | undefined;

  /**
   * The first failure after which nothing may be sent or committed, whether or not the function
   * caught it: a deadlock has rolled everything back, and what follows would commit by itself.
   * A duplicate key alone undoes its own statement only, and may be caught.
   */
  get failure(): { readonly error: unknown } | undefined {
    return this.firstFailure;
  }

  /** What TypeORM sends must not overtake what still waits here, the beginning of the transaction above all. */
  override get manager(): EntityManager {
    // Nobody waits for these statements, so nobody can catch what fails: a duplicate is the transaction's too.
    const sent = this.connection.flush().catch((error: unknown) => this.fail(error));
    this.started = Promise.all([this.started, sent]).then(() => undefined);
    return super.manager;
  }

  /** Until what was sent is answered: a failure of it is known then. */
  async settled(): Promise<void> {
    // More may be sent while it is waited for.
    for (let waited; waited !== this.started;) {
      waited = this.started;
      await waited;
    }
    this.started = undefined;
  }

  /** Takes note of a failed statement, TypeORM's included. */
  hear(error: unknown): void {
    if (this.firstFailure) return;
    // Of statements that went together those after the duplicate were never run: that cannot be caught.
    if (isDuplicateKey(error) && !this.connection.sentTogether) return;
    this.fail(error);
  }

  override async execute(sql: string, params: readonly unknown[] = []): Promise<Change> {
    return this.sent(() => this.connection.change(sql, checkParameters(params)));
  }

  override async insertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    options: { readonly ignoreDuplicates?: boolean } = {},
  ): Promise<InsertedRows> {
    const insert = rowsToInsert(table, rows, options);
    if (!insert) return { affected: 0, ids: [] };
    return this.sent(() => this.connection.insert(insert));
  }

  async upsertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    upsert: Upsert,
  ): Promise<void> {
    const onDuplicate = upsertClause(this.dialect, upsert);
    const insert = rowsToInsert(table, rows, { onDuplicate });
    if (!insert) return;
    await this.sent(async () => {
      this.connection.insertLater(insert);
      await this.connection.flush();
    });
  }

  afterCommit(hook: () => void): void {
    this.refuseEnded();
    this.hooks.push(hook);
  }

  protected override async sent<T>(statement: () => Promise<T>): Promise<T> {
    this.refuseEnded();
    if (this.started) await this.settled();
    if (this.firstFailure) throw this.firstFailure.error;
    try {
      return await statement();
    } catch (error) {
      this.hear(error);
      throw error;
    }
  }

  /** What fails here at once (there is no network to wait for) fails the transaction, a duplicate too. */
  private noted(statement: () => void): void {
    this.refuseEnded();
    if (this.firstFailure) throw this.firstFailure.error;
    try {
      statement();
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  private fail(error: unknown): void {
    this.firstFailure ??= { error };
    this.connection.runner.markReleased();
  }
}
