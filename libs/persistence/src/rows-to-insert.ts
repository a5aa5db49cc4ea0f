import { checkParameter } from './check-parameters.ts';
import type { RowsToInsert } from './engines/engine.ts';
import { UnevenRows } from './errors/misuse.ts';
import { LaterId } from './later-ids.ts';

type Row = Readonly<Record<string, unknown>>;

type HowToInsert = Partial<Pick<RowsToInsert, 'ignoreDuplicates' | 'onDuplicate' | 'carrier'>>;

/**
 * Rows as an engine takes them; undefined for none. Columns that are null in all of them are left out, since the
 * server reads every word of a statement: a column that may be null has no other default in any of our tables.
 *
 * @throws UnevenRows, UnsafeParameter
 */
export function rowsToInsert(
  table: string,
  rows: readonly Row[],
  { ignoreDuplicates = false, ...how }: HowToInsert = {},
): RowsToInsert | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const all = Object.keys(first);
  if (all.length === 0 || rows.some((row) => Object.keys(row).length !== all.length)) {
    throw new UnevenRows(table);
  }
  const filled = all.filter((column) => rows.some((row) => row[column] !== null));
  const columns = filled.length === 0 ? all : filled;
  const values = rows.map((row) =>
    columns.map((column, position) => {
      const value = row[column];
      return value instanceof LaterId ? value : checkParameter(value, position);
    }),
  );
  return { table, columns, rows: values, ignoreDuplicates, ...how };
}
