import { UnevenRows } from './errors/misuse.ts';
import type { Upsert } from './sql.ts';
import type { Dialect } from './storage.ts';

/** Rows in one statement on MySQL. SQLite has no network to save: there each row goes alone. */
const ROWS_MAX: Record<Dialect, number> = { mysql: 500, sqlite: 1 };

/** One statement with its parameters. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/**
 * The statements, as few as possible, that insert rows or change those whose key exists. On MySQL any unique key of the
 * table counts as the key: use it for tables where `key` is the only one.
 *
 * Throws {@link UnevenRows} unless all rows have the same columns.
 */
export function upsertStatements(
  dialect: Dialect,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  upsert: Upsert,
): Statement[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  const rowsMax = ROWS_MAX[dialect];
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += rowsMax) {
    const slice = rows.slice(from, from + rowsMax);
    statements.push({
      sql: upsertStatement(dialect, table, columns, slice.length, upsert),
      params: slice.flatMap((row) => {
        if (Object.keys(row).length !== columns.length) throw new UnevenRows(table);
        return columns.map((column) => row[column]);
      }),
    });
  }
  return statements;
}

function upsertStatement(
  dialect: Dialect,
  table: string,
  columns: readonly string[],
  count: number,
  { key, update }: Upsert,
): string {
  const quote = dialect === 'mysql' ? '`' : '"';
  const quoted = (name: string): string =>
    `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
  const row = `(${columns.map(() => '?').join(',')})`;
  const insert = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(',')}) VALUES ${Array(count).fill(row).join(',')}`;
  if (dialect === 'mysql') {
    // Assigning a key column to itself is MySQL's way to say "leave the row as it is".
    const changes =
      update.length === 0
        ? [`${quoted(key[0]!)}=${quoted(key[0]!)}`]
        : update.map((column) => `${quoted(column)}=VALUES(${quoted(column)})`);
    return `${insert} ON DUPLICATE KEY UPDATE ${changes.join(',')}`;
  }
  const target = `ON CONFLICT (${key.map(quoted).join(',')})`;
  if (update.length === 0) return `${insert} ${target} DO NOTHING`;
  const changes = update.map((column) => `${quoted(column)}=excluded.${quoted(column)}`);
  return `${insert} ${target} DO UPDATE SET ${changes.join(',')}`;
}
