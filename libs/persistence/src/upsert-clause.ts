import type { Upsert } from './sql.ts';
import type { Dialect } from './storage.ts';

/**
 * What stands behind the values of an INSERT that changes rows whose key exists. On MySQL any unique key of the table
 * counts as the key: use it for tables where `key` is the only one.
 */
export function upsertClause(dialect: Dialect, { key, update }: Upsert): string {
  const quote = dialect === 'mysql' ? '`' : '"';
  const quoted = (name: string): string =>
    `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
  if (dialect === 'mysql') {
    // Assigning a key column to itself is MySQL's way to say "leave the row as it is".
    const changes =
      update.length === 0
        ? [`${quoted(key[0]!)}=${quoted(key[0]!)}`]
        : update.map((column) => `${quoted(column)}=VALUES(${quoted(column)})`);
    return `ON DUPLICATE KEY UPDATE ${changes.join(',')}`;
  }
  const target = `ON CONFLICT (${key.map(quoted).join(',')})`;
  if (update.length === 0) return `${target} DO NOTHING`;
  const changes = update.map((column) => `${quoted(column)}=excluded.${quoted(column)}`);
  return `${target} DO UPDATE SET ${changes.join(',')}`;
}
