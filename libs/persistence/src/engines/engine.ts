import type { LaterId, LaterIds } from '../later-ids.ts';
import type { Change, SqlParameter } from '../sql.ts';
import type { Dialect } from '../storage.ts';
import type { LazyRunner } from './lazy-runner.ts';

/** A connected database: where connections are taken from. */
export interface Engine {
  readonly dialect: Dialect;
  /** Takes a connection; waits its turn. Throws {@link DatabaseUnavailable}. */
  take(): Promise<Connection>;
  close(): Promise<void>;
}

/** One connection, held by one caller, until {@link Connection.release} or {@link Connection.destroy}. */
export interface Connection {
  readonly runner: LazyRunner;
  select(sql: string, params: readonly SqlParameter[]): Promise<unknown[]>;
  change(sql: string, params: readonly SqlParameter[]): Promise<Change>;
  insert(rows: RowsToInsert): Promise<{ affected: number; ids: number[] }>;
  /**
   * Statements whose results nobody needs: they go with the next one that is waited for, in one packet where there is
   * a network, and with the commit at the latest. If one of them fails, so does what it travelled with.
   */
  changeLater(sql: string, params: readonly SqlParameter[], affects?: number): void;
  insertLater(insert: RowsToInsert): void;
  /** Waits only where the table is not known yet. */
  insertNumberedLater(insert: RowsToInsert): Promise<LaterIds>;
  requireNoneLater(from: string, params: readonly SqlParameter[]): void;
  /** Sends what still waits, before somebody uses the {@link runner} directly. */
  flush(): Promise<void>;
  /** Whether the last failure may be that of another statement than the one it was thrown for. */
  readonly sentTogether: boolean;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Back to the others, clean. */
  release(): void;
  /** Its state is unknown: nobody may use it again. */
  destroy(): void;
}

/** Rows of equal columns, as plain values in the columns' order. */
export interface RowsToInsert {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (SqlParameter | LaterId)[])[];
  readonly ignoreDuplicates: boolean;
  /** What becomes of rows that exist, in the dialect's own words, for what stands behind VALUES; none: they may not. */
  readonly onDuplicate?: string;
  /** A column that is never null: a condition that was given right before may travel in it. */
  readonly carrier?: string;
}

/** The ids that the caller gave himself, or undefined when the database makes them (or there are none). */
export function givenIds(insert: RowsToInsert, identity: string): number[] | undefined {
  const position = insert.columns.indexOf(identity);
  if (position < 0) return undefined;
  return insert.rows.map((row) => Number(row[position]));
}
