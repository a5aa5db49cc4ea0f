/** The part of a better-sqlite3 statement that is used here. */
export interface SqliteStatement {
  readonly reader: boolean;
  all(params: readonly unknown[]): object[];
  run(params: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint };
}

/** The part of a better-sqlite3 database that is used here. */
export interface RawSqlite {
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  pragma(sql: string, options?: { simple: boolean }): unknown;
}

const STATEMENTS_MAX = 500;

/** An open file with its prepared statements. */
export class SqliteFile {
  private readonly statements = new Map<string, SqliteStatement>();
  private readonly identities = new Map<string, string>();

  constructor(private readonly raw: RawSqlite) {}

  get inTransaction(): boolean {
    return this.raw.inTransaction;
  }

  /** The statement for this text, prepared once and kept while among the newest 500. */
  prepare(sql: string): SqliteStatement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.raw.prepare(sql);
    if (this.statements.size >= STATEMENTS_MAX) {
      const [oldest] = this.statements.keys();
      this.statements.delete(oldest ?? '');
    }
    this.statements.set(sql, statement);
    return statement;
  }

  /** The column that stands for the row's id (INTEGER PRIMARY KEY), or '' when there is none. */
  identityOf(table: string): string {
    const known = this.identities.get(table);
    if (known !== undefined) return known;
    const sql = 'SELECT name, type, pk FROM pragma_table_info(?) WHERE pk > 0';
    const keys = this.prepare(sql).all([table]) as { name: string; type: string }[];
    const [key] = keys;
    const identity = keys.length === 1 && key?.type.toUpperCase() === 'INTEGER' ? key.name : '';
    this.identities.set(table, identity);
    return identity;
  }
}
