import type { EntityManager } from 'typeorm';
import type { LaterIds } from './later-ids.ts';
import type { Dialect } from './storage.ts';

/** What may stand behind a `?`. Dates are epoch milliseconds; objects and arrays are refused. */
export type SqlParameter = string | number | boolean | null | Uint8Array;

/** What a changing statement did; `affected` counts the rows that matched. */
export interface Change {
  readonly affected: number;
  /** Id that an INSERT of one row was given, 0 otherwise. For more rows: {@link Sql.insertRows}. */
  readonly insertId: number;
}

/** What `insertRows` did. */
export interface InsertedRows {
  readonly affected: number;
  /** In row order; empty for tables without an auto-increment id and with `ignoreDuplicates`. */
  readonly ids: number[];
}

/** How rows that exist already are told and changed. */
export interface Upsert {
  /** The columns of the unique key that decides whether a row exists; all are in every row. */
  readonly key: readonly string[];
  /** The columns that an existing row takes over; none leaves it as it is. */
  readonly update: readonly string[];
}

/** Statements on one connection. Valid only inside the function it was handed to. */
export interface Sql {
  readonly dialect: Dialect;
  /** TypeORM, bound to this very connection. */
  readonly manager: EntityManager;
  /**
   * Runs a statement that gives rows. BIGINT, COUNT and SUM are numbers.
   * Throws {@link UnsafeNumber} beyond ±(2^53−1), {@link StatementFailed}, {@link DatabaseUnavailable}.
   */
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Runs a statement that changes rows; only in a transaction, else {@link TransactionRequired}. */
  execute(sql: string, params?: readonly unknown[]): Promise<Change>;
  /**
   * Inserts all rows by as few statements as possible (500 rows each on MySQL). All rows have the
   * same columns. Ids are those of the rows, in their order; only in a transaction.
   */
  insertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    options?: { readonly ignoreDuplicates?: boolean },
  ): Promise<InsertedRows>;
  /** What a SELECT ends with to lock its rows: `' FOR UPDATE'`, or `''` where one at a time writes. */
  forUpdate(): string;
  /**
   * What a table's name is followed by where its rows are to be found by this index and no other (`PRIMARY` for the
   * table's own order): statistics of a table that grows mislead MySQL. `''` on SQLite.
   */
  useIndex(index: string): string;
  /** `(?,?,?)` and its parameters for an IN; throws {@link EmptyList} for nothing. */
  inList(values: readonly (string | number)[]): {
    readonly sql: string;
    readonly params: SqlParameter[];
  };
}

/**
 * Names a column that the table declares NOT NULL: a condition that was given right before the rows (`requireNone`,
 * `affects`) travels in it, instead of in a statement of its own, whose answer alone costs both sides as much as it does.
 */
export interface Carrier {
  readonly carrier?: string;
}

/**
 * Statements that nobody waits for. They run in the order they were given in, before the next statement that is waited
 * for or, at the latest, before the commit; over a network they travel with it in one packet. A failure of one of
 * them, a duplicate key too, is the transaction's: it is thrown where it comes to light, by that statement or by
 * {@link Database.transaction} itself, and cannot be caught within.
 */
export interface LaterStatements {
  /** With `affects` the transaction fails with {@link ConditionUnmet} unless so many rows match. */
  execute(sql: string, params?: readonly unknown[], condition?: { readonly affects: number }): void;
  /**
   * Values may be ids of the rows given to {@link insertNumbered} right before. `onDuplicate` stands behind the values
   * and says what becomes of rows that exist; where taking over columns is all, use {@link upsertRows}.
   */
  insertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    how?: Carrier & { readonly onDuplicate?: string },
  ): void;
  /**
   * Inserts rows, 500 at most, whose ids the database makes. Resolves with what stands for these ids before they are
   * known, without waiting for the statement.
   */
  insertNumbered(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    how?: Carrier,
  ): Promise<LaterIds>;
  /**
   * The transaction fails with {@link ConditionUnmet} if `SELECT … FROM <from>` has a row then. For what was decided on
   * knowledge from before the transaction: ask for what contradicts it.
   */
  requireNone(from: string, params?: readonly unknown[]): void;
  upsertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    upsert: Upsert,
  ): void;
}

/** The statements of one transaction. Those begun at the same moment travel together. */
export interface Transaction extends Sql {
  readonly later: LaterStatements;
  /** Inserts rows, or changes those whose key exists; see {@link Upsert}. */
  upsertRows(
    table: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    upsert: Upsert,
  ): Promise<void>;
  /** Called once, after the commit has succeeded; never after a rollback, not for repeated tries. */
  afterCommit(hook: () => void): void;
}
