import type { PoolConnection } from 'mysql2';
import { isDuplicateKey } from '../errors/is-duplicate-key.ts';
import { InsertMismatch, TooManyRows } from '../errors/misuse.ts';
import { StatementFailed } from '../errors/statement-failed.ts';
import { LaterIds } from '../later-ids.ts';
import type { Change, SqlParameter } from '../sql.ts';
import type { Connection, RowsToInsert } from './engine.ts';
import { givenIds } from './engine.ts';
import type { LazyRunner } from './lazy-runner.ts';
import { MysqlIdentities } from './mysql-identities.ts';
import type { IdentityColumns } from './mysql-identities.ts';
import { insertHead, valuesText } from './mysql-text.ts';
import { Pipeline, withValues } from './pipeline.ts';
import type { Answer } from './pipeline.ts';
import { refuseUnsafeFields } from './safe-numbers.ts';

/** Rows in one INSERT: long enough to be fast, far below max_allowed_packet. */
const INSERT_ROWS_MAX = 500;

interface Header {
  readonly affectedRows: number;
  readonly insertId: number;
  readonly warningStatus: number;
}

/** One pooled mysql2 connection. A statement that takes too long ends the connection with it. */
export class MysqlConnection implements Connection {
  private over = false;
  private readonly pipeline: Pipeline;
  private readonly identities: MysqlIdentities;

  constructor(
    readonly runner: LazyRunner,
    private readonly raw: PoolConnection,
    identities: IdentityColumns,
    timeoutMs: number,
    private readonly given: () => void,
  ) {
    this.pipeline = new Pipeline(raw, timeoutMs);
    this.identities = new MysqlIdentities(identities, (sql) => this.select(sql, []));
  }

  get sentTogether(): boolean {
    return this.pipeline.sentTogether;
  }

  async select(sql: string, params: readonly SqlParameter[]): Promise<unknown[]> {
    const { raw, fields } = await this.pipeline.send(sql, params);
    if (!Array.isArray(raw)) throw new TypeError('query() is for statements that give rows');
    refuseUnsafeFields(raw, fields);
    return raw;
  }

  async change(sql: string, params: readonly SqlParameter[]): Promise<Change> {
    const header = (await this.pipeline.send(sql, params)).raw as Header;
    return { affected: header.affectedRows, insertId: header.insertId };
  }

  async insert(insert: RowsToInsert): Promise<{ affected: number; ids: number[] }> {
    if (insert.rows.length <= INSERT_ROWS_MAX) return this.insertSlices(insert);
    // All or nothing, as one statement would be: the caller may catch a duplicate key and go on.
    await this.done('SAVEPOINT insert_rows');
    try {
      return await this.insertSlices(insert);
    } catch (error) {
      if (isDuplicateKey(error)) await this.done('ROLLBACK TO SAVEPOINT insert_rows');
      throw error;
    }
  }

  private async insertSlices(insert: RowsToInsert): Promise<{ affected: number; ids: number[] }> {
    const identity = insert.ignoreDuplicates ? '' : await this.identities.columnOf(insert.table);
    const given = identity === '' ? [] : givenIds(insert, identity);
    const ids: number[] = given ?? [];
    let affected = 0;
    for (let from = 0; from < insert.rows.length; from += INSERT_ROWS_MAX) {
      const slice = insert.rows.slice(from, from + INSERT_ROWS_MAX);
      const done = await this.insertSlice(insert, slice);
      affected += done.affected;
      if (given !== undefined) continue;
      const numbered = new LaterIds(await this.identities.step());
      numbered.begin(done.insertId, slice.length);
      ids.push(...numbered.known());
    }
    return { affected, ids };
  }

  private async insertSlice(insert: RowsToInsert, slice: RowsToInsert['rows']): Promise<Change> {
    const sql = insertHead(insert);
    const header = (await this.pipeline.sendText(sql, sql + valuesText(slice))).raw as Header;
    const missing = slice.length - header.affectedRows;
    if (insert.ignoreDuplicates) await this.refuseOtherWarnings(header, sql);
    if (missing !== (insert.ignoreDuplicates ? header.warningStatus : 0)) {
      throw new InsertMismatch(insert.table, slice.length, header.affectedRows);
    }
    return { affected: header.affectedRows, insertId: header.insertId };
  }

  /** INSERT IGNORE also cuts values that are too long and the like: only duplicates may pass. */
  private async refuseOtherWarnings(header: Header, sql: string): Promise<void> {
    if (header.warningStatus === 0) return;
    const warnings = (await this.select('SHOW WARNINGS', [])) as {
      Code: number;
      Message: string;
    }[];
    const other = warnings.find((warning) => warning.Code !== 1062);
    if (other) throw new StatementFailed(other.Message, 'ER_IGNORED', other.Code, sql);
  }

  changeLater(sql: string, params: readonly SqlParameter[], affects?: number): void {
    this.pipeline.later(sql, params);
    if (affects !== undefined) this.pipeline.require(`ROW_COUNT() = ${affects}`);
  }

  requireNoneLater(from: string, params: readonly SqlParameter[]): void {
    this.pipeline.require(`NOT EXISTS (SELECT 1 FROM ${withValues(from, params)})`);
  }

  insertLater(insert: RowsToInsert): void {
    const head = insertHead(insert);
    const tail = insert.onDuplicate === undefined ? '' : ` ${insert.onDuplicate}`;
    for (let from = 0; from < insert.rows.length; from += INSERT_ROWS_MAX) {
      const slice = insert.rows.slice(from, from + INSERT_ROWS_MAX);
      const { text, carrier } = this.valuesOf(insert, slice);
      this.pipeline.laterText(head + tail, head + text + tail, { carrier });
    }
  }

  async insertNumberedLater(insert: RowsToInsert): Promise<LaterIds> {
    const { table, rows } = insert;
    if (rows.length > INSERT_ROWS_MAX) throw new TooManyRows(table, INSERT_ROWS_MAX);
    const ids = new LaterIds(await this.identities.step());
    const head = insertHead(insert);
    const { text, carrier } = this.valuesOf(insert, rows);
    const heard = ({ raw }: Answer): void => ids.begin((raw as Header).insertId, rows.length);
    this.pipeline.laterText(head, head + text, { heard, carrier });
    return ids;
  }

  /** The rows, and with them the condition that was given right before, where there is a column to carry it. */
  private valuesOf(
    { columns, carrier }: RowsToInsert,
    rows: RowsToInsert['rows'],
  ): { text: string; carrier: string | undefined } {
    const column = carrier === undefined ? -1 : columns.indexOf(carrier);
    const condition = column < 0 ? undefined : this.pipeline.takeCondition();
    if (condition === undefined) return { text: valuesText(rows), carrier: undefined };
    return { text: valuesText(rows, { column, condition }), carrier };
  }

  flush(): Promise<void> {
    return this.pipeline.flush();
  }

  /** Travels with the first statement. */
  async begin(): Promise<void> {
    this.runner.markTransaction(true);
    this.pipeline.later('START TRANSACTION', []);
  }

  /** A transaction in which nothing but its beginning was asked for has nothing to commit. */
  async commit(): Promise<void> {
    if (this.pipeline.hasSent || this.pipeline.waiting > 1) return this.done('COMMIT');
    this.pipeline.forget();
  }

  async rollback(): Promise<void> {
    this.pipeline.forget();
    if (this.pipeline.hasSent) await this.done('ROLLBACK');
  }

  release(): void {
    this.end(() => this.raw.release());
  }

  destroy(): void {
    this.end(() => {
      this.raw.destroy();
      // destroy() only says goodbye; a peer that no longer answers would keep the socket open.
      const { stream } = this.raw as unknown as { stream?: { destroy?: () => void } };
      stream?.destroy?.();
    });
  }

  private end(how: () => void): void {
    if (this.over) return;
    this.over = true;
    this.runner.markTransaction(false);
    this.runner.markReleased();
    how();
    this.given();
  }

  private async done(sql: string): Promise<void> {
    await this.pipeline.send(sql, []);
  }
}
