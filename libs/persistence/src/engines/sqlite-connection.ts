import { fromDriver } from '../errors/engine-errors.ts';
import { ConditionUnmet } from '../errors/condition-unmet.ts';
import { InsertMismatch } from '../errors/misuse.ts';
import { LaterId, LaterIds } from '../later-ids.ts';
import type { Change, SqlParameter } from '../sql.ts';
import type { Connection, RowsToInsert } from './engine.ts';
import { givenIds } from './engine.ts';
import type { LazyRunner } from './lazy-runner.ts';
import { refuseUnsafeValues } from './safe-numbers.ts';
import type { SqliteFile } from './sqlite-file.ts';

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The one connection of a SQLite file, for as long as its holder has the turn. */
export class SqliteConnection implements Connection {
  /** There is no network to save: each statement runs at once, and fails for itself. */
  readonly sentTogether = false;
  private over = false;

  constructor(
    readonly runner: LazyRunner,
    private readonly file: SqliteFile,
    private readonly given: () => void,
  ) {}

  async select(sql: string, params: readonly SqlParameter[]): Promise<unknown[]> {
    const rows = this.attempt(sql, () => {
      const statement = this.file.prepare(sql);
      if (!statement.reader) throw new TypeError('query() is for statements that give rows');
      return statement.all(plain(params));
    });
    refuseUnsafeValues(rows);
    return rows;
  }

  changeLater(sql: string, params: readonly SqlParameter[], affects?: number): void {
    const { changes } = this.attempt(sql, () => this.file.prepare(sql).run(plain(params)));
    if (affects !== undefined && changes !== affects) throw new ConditionUnmet();
  }

  requireNoneLater(from: string, params: readonly SqlParameter[]): void {
    const sql = `SELECT 1 FROM ${from} LIMIT 1`;
    const found = this.attempt(sql, () => this.file.prepare(sql).all(plain(params)));
    if (found.length > 0) throw new ConditionUnmet();
  }

  async insertNumberedLater(insert: RowsToInsert): Promise<LaterIds> {
    const ids = new LaterIds(1);
    ids.tell(this.insertEach(insert).ids);
    return ids;
  }

  insertLater(insert: RowsToInsert): void {
    this.insertEach(insert);
  }

  async flush(): Promise<void> {
    // Nothing waits here.
  }

  async change(sql: string, params: readonly SqlParameter[]): Promise<Change> {
    return this.attempt(sql, () => {
      const { changes, lastInsertRowid } = this.file.prepare(sql).run(plain(params));
      // SQLite keeps saying the last id, also after statements that inserted nothing.
      const inserted = changes === 1 && /^\s*insert\b/i.test(sql);
      return { affected: changes, insertId: inserted ? Number(lastInsertRowid) : 0 };
    });
  }

  /** Row by row: without a network that is as fast as one statement, and each row says its id. */
  async insert(insert: RowsToInsert): Promise<{ affected: number; ids: number[] }> {
    if (insert.rows.length === 1) return this.insertEach(insert);
    // All or nothing, as one statement would be: the caller may catch a duplicate key and go on.
    await this.change('SAVEPOINT insert_rows', []);
    try {
      return this.insertEach(insert);
    } catch (error) {
      if (this.file.inTransaction) await this.change('ROLLBACK TO insert_rows', []);
      throw error;
    } finally {
      if (this.file.inTransaction) await this.change('RELEASE insert_rows', []);
    }
  }

  private insertEach(insert: RowsToInsert): { affected: number; ids: number[] } {
    const sql = insertStatement(insert);
    const identity = insert.ignoreDuplicates ? '' : this.file.identityOf(insert.table);
    const given = identity === '' ? [] : givenIds(insert, identity);
    const ids: number[] = given ?? [];
    let affected = 0;
    for (const row of insert.rows) {
      const { changes, lastInsertRowid } = this.attempt(sql, () =>
        this.file.prepare(sql).run(plain(row)),
      );
      affected += changes;
      if (given === undefined) ids.push(Number(lastInsertRowid));
    }
    const { ignoreDuplicates, onDuplicate } = insert;
    if (!ignoreDuplicates && onDuplicate === undefined && affected !== insert.rows.length) {
      throw new InsertMismatch(insert.table, insert.rows.length, affected);
    }
    return { affected, ids };
  }

  /** IMMEDIATE: who writes has the file from the start, and no upgrade can fail halfway. */
  async begin(): Promise<void> {
    this.runner.markTransaction(true);
    await this.change('BEGIN IMMEDIATE', []);
  }

  async commit(): Promise<void> {
    await this.change('COMMIT', []);
  }

  async rollback(): Promise<void> {
    // A full disk and the like have rolled back already.
    if (this.file.inTransaction) await this.change('ROLLBACK', []);
  }

  release(): void {
    if (this.over) return;
    this.over = true;
    this.runner.markTransaction(false);
    this.runner.markReleased();
    this.given();
  }

  /** There is no other connection to turn to: whatever is open is rolled back. */
  destroy(): void {
    if (!this.over && this.file.inTransaction)
      this.attempt('ROLLBACK', () => this.file.prepare('ROLLBACK').run([]));
    this.release();
  }

  private attempt<T>(sql: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw error instanceof TypeError ? error : fromDriver(error, sql);
    }
  }
}

/** better-sqlite3 binds no booleans, and here every row has its id at once. */
function plain(params: RowsToInsert['rows'][number]): readonly SqlParameter[] {
  return params.map((value) => {
    if (value instanceof LaterId) return value.known;
    return typeof value === 'boolean' ? Number(value) : value;
  });
}

function insertStatement(insert: RowsToInsert): string {
  const columns = insert.columns.map(quoted).join(',');
  const marks = insert.columns.map(() => '?').join(',');
  const { ignoreDuplicates, onDuplicate = ignoreDuplicates ? 'ON CONFLICT DO NOTHING' : '' } =
    insert;
  return `INSERT INTO ${quoted(insert.table)} (${columns}) VALUES (${marks}) ${onDuplicate}`;
}
