import { escape } from 'mysql2';
import { LaterId } from '../later-ids.ts';
import type { SqlParameter } from '../sql.ts';
import type { RowsToInsert } from './engine.ts';

/** A name as MySQL takes it, whatever letters it has. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** What ends a text early, or means something else than itself in it; the others stay as they are. */
const SPECIAL = /['\\\0\x1a]/;

/**
 * Texts of JSON are most of what is written, and full of quotation marks: the driver puts a backslash before each, which
 * the server has to take away again, letter by letter.
 */
function quotedText(text: string): string {
  return SPECIAL.test(text) ? escape(text) : `'${text}'`;
}

/**
 * A value as it stands in a statement. Numbers need no escaping and are most of what is written: the driver's own way
 * from placeholders to text looks at every letter of the statement again for each of them.
 */
export function literal(value: SqlParameter | LaterId): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quotedText(value);
  if (value === null) return 'NULL';
  if (value instanceof LaterId) return `LAST_INSERT_ID()+${value.offset}`;
  return escape(value instanceof Uint8Array ? Buffer.from(value) : value);
}

/** An INSERT without its values, as errors may show it (P13). */
export function insertHead(insert: RowsToInsert): string {
  const verb = insert.ignoreDuplicates ? 'INSERT IGNORE INTO' : 'INSERT INTO';
  return `${verb} ${quoted(insert.table)} (${insert.columns.map(quoted).join(',')}) VALUES `;
}

/** A condition, and the column, by its place, that is null in the first row unless it holds. */
export interface CarriedCondition {
  readonly column: number;
  readonly condition: string;
}

/** Rows as they stand behind VALUES. */
export function valuesText(rows: RowsToInsert['rows'], carried?: CarriedCondition): string {
  let text = '';
  for (const row of rows) {
    const condition = text === '' ? carried : undefined;
    text += text === '' ? '(' : ',(';
    for (const [column, value] of row.entries()) {
      if (column > 0) text += ',';
      text +=
        column === condition?.column
          ? `IF(${condition.condition},${literal(value)},NULL)`
          : literal(value);
    }
    text += ')';
  }
  return text;
}
