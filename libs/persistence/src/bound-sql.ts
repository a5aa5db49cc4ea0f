import type { EntityManager } from 'typeorm';
import { checkParameters } from './check-parameters.ts';
import { markReleased } from './engines/engine.ts';
import type { Connection } from './engines/engine.ts';
import { isDuplicateKey } from './errors/is-duplicate-key.ts';
import { EmptyList, TransactionEnded, TransactionRequired, UnevenRows } from './errors/misuse.ts';
import type { Change, InsertedRows, Sql, SqlParameter, Transaction, Upsert } from './sql.ts';
import type { Dialect } from './storage.ts';
import { upsertRows } from './upsert-rows.ts';

/** Reading on one connection, each statement for itself. */
export class BoundSql implements Sql {
  private ended = false;

  constructor(
    protected readonly connection: Connection,
    readonly dialect: Dialect,
  ) {}

  get manager(): EntityManager {
    return this.connection.runner.manager;
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
  private firstFailure: { readonly error: unknown } | undefined;

  /**
   * The first failure after which nothing may be sent or committed, whether or not the function
   * caught it: a deadlock has rolled everything back, and what follows would commit by itself.
   * A duplicate key alone undoes its own statement only, and may be caught.
   */
  get failure(): { readonly error: unknown } | undefined {
    return this.firstFailure;
  }

  /** Takes note of a failed statement, TypeORM's included. */
  hear(error: unknown): void {
    if (this.firstFailure || isDuplicateKey(error)) return;
    this.firstFailure = { error };
    markReleased(this.connection.runner);
  }

  override async execute(sql: string, params: readonly unknown[] = []): Promise<Change> {
    return this.sent(() => this.connection.change(sql, checkParameters(params)));
  }

  override async insertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    options: { readonly ignoreDuplicates?: boolean } = {},
  ): Promise<InsertedRows> {
    const [first] = rows;
    if (!first) return { affected: 0, ids: [] };
    const columns = Object.keys(first);
    return this.sent(() =>
      this.connection.insert({
        table,
        columns,
        rows: rows.map((row) => valuesOf(table, columns, row)),
        ignoreDuplicates: options.ignoreDuplicates ?? false,
      }),
    );
  }

  upsertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    upsert: Upsert,
  ): Promise<void> {
    return upsertRows(this, table, rows, upsert);
  }

  afterCommit(hook: () => void): void {
    this.refuseEnded();
    this.hooks.push(hook);
  }

  protected override async sent<T>(statement: () => Promise<T>): Promise<T> {
    this.refuseEnded();
    if (this.firstFailure) throw this.firstFailure.error;
    try {
      return await statement();
    } catch (error) {
      this.hear(error);
      throw error;
    }
  }
}

function valuesOf(
  table: string,
  columns: readonly string[],
  row: Readonly<Record<string, unknown>>,
): SqlParameter[] {
  if (columns.length === 0 || Object.keys(row).length !== columns.length)
    throw new UnevenRows(table);
  return checkParameters(columns.map((column) => row[column]));
}
