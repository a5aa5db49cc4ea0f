import { checkParameter } from './check-parameters.ts';
import type { RowsToInsert } from './engines/engine.ts';
import { UnevenRows } from './errors/misuse.ts';
import { LaterId } from './later-ids.ts';

/** Rows as an engine takes them; undefined for none. @throws UnevenRows, UnsafeParameter */
export function rowsToInsert(
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  ignoreDuplicates: boolean,
): RowsToInsert | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const columns = Object.keys(first);
  const values = rows.map((row) => valuesOf(table, columns, row));
  return { table, columns, rows: values, ignoreDuplicates };
}

function valuesOf(
  table: string,
  columns: readonly string[],
  row: Readonly<Record<string, unknown>>,
): RowsToInsert['rows'][number] {
  if (columns.length === 0 || Object.keys(row).length !== columns.length)
    throw new UnevenRows(table);
  return columns.map((column, position) => {
    const value = row[column];
    return value instanceof LaterId ? value : checkParameter(value, position);
  });
}
