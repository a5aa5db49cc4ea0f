import { UnsafeNumber } from '../errors/misuse.ts';

/** The types in which MySQL sends whole numbers that may be beyond 2^53: BIGINT and DECIMAL (SUM). */
const WIDE_TYPES = new Set([8, 0, 246]);

interface Field {
  readonly name: string;
  readonly columnType?: number;
}

function refuseUnsafe(row: Readonly<Record<string, unknown>>, column: string): void {
  const value = row[column];
  if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    throw new UnsafeNumber(column);
  }
}

/** Refuses rows of mysql2 with a number that was rounded on its way into JavaScript. */
export function refuseUnsafeFields(rows: readonly object[], fields: readonly Field[]): void {
  const wide = fields.filter((field) => WIDE_TYPES.has(field.columnType ?? -1));
  for (const row of wide.length > 0 ? rows : []) {
    for (const field of wide) refuseUnsafe(row as Record<string, unknown>, field.name);
  }
}

/** The same for rows of SQLite, whose numbers have no declared type. */
export function refuseUnsafeValues(rows: readonly object[]): void {
  for (const row of rows) {
    for (const column in row) refuseUnsafe(row as Record<string, unknown>, column);
  }
}
