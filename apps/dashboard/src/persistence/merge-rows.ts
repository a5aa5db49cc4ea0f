import type { Transaction } from '@onepoint/persistence';

/** The SQL for a column's value in the row that comes in. */
type Incoming = (column: string) => string;

/** The SQL for what a column of a standing row becomes. */
type MergedColumn = (column: string, incoming: Incoming) => string;

/** How rows are merged into a table. */
export interface RowMerge {
  readonly table: string;
  /** The columns of the table's only unique key. */
  readonly key: readonly string[];
  /**
   * What each column becomes where the row stands already; columns that are not named stay. They are
   * assigned in this order, and on MySQL each sees what those before it have become: a column that
   * others are compared by comes last.
   */
  readonly columns: Readonly<Record<string, MergedColumn>>;
}

/** Adds the incoming number. */
export const added: MergedColumn = (column, incoming) => `${column} + ${incoming(column)}`;

/** The lower of the two; null is none. */
export const lowest: MergedColumn = (column, incoming) =>
  `CASE WHEN ${column} IS NULL OR ${incoming(column)} < ${column}
    THEN COALESCE(${incoming(column)}, ${column}) ELSE ${column} END`;

/** The incoming value, if the row's `by` grows by it. Name it before `by` itself. */
export function takenWithNewer(by: string): MergedColumn {
  return (column, incoming) =>
    `CASE WHEN ${incoming(by)} > ${by} THEN ${incoming(column)} ELSE ${column} END`;
}

/**
 * Inserts rows, or merges each into the one that stands, in one statement that no other transaction
 * can come between. All rows have the same columns. Rows go in the order of their key, so that two
 * transactions do not lock each other in a circle. Nobody waits for it: see {@link LaterStatements}.
 */
export function mergeRows(
  tx: Transaction,
  merge: RowMerge,
  rows: readonly Readonly<Record<string, string | number | null>>[],
): void {
  const sorted = [...rows].sort(byKey(merge.key));
  tx.later.insertRows(merge.table, sorted, { onDuplicate: onConflict(tx, merge) });
}

function onConflict({ dialect }: Transaction, { key, columns }: RowMerge): string {
  const incoming: Incoming =
    dialect === 'mysql' ? (column) => `VALUES(${column})` : (column) => `excluded.${column}`;
  const changes = Object.entries(columns).map(
    ([column, merged]) => `${column} = ${merged(column, incoming)}`,
  );
  const clause =
    dialect === 'mysql'
      ? 'ON DUPLICATE KEY UPDATE'
      : `ON CONFLICT (${key.join(',')}) DO UPDATE SET`;
  return `${clause} ${changes.join(', ')}`;
}

function byKey(key: readonly string[]) {
  return (
    one: Readonly<Record<string, string | number | null>>,
    other: Readonly<Record<string, string | number | null>>,
  ): number => {
    for (const column of key) {
      const [a, b] = [one[column] ?? 0, other[column] ?? 0];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };
}
