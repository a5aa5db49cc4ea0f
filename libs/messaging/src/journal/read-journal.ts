import type { Sql } from '@onepoint/persistence';
import type { OutboxDatabase } from '../relay/outbox-database.ts';

/** The most bytes of events on one page; a single row may be half as large. */
export const pageBytesMax = 1024 * 1024;

/** The events of one transaction, at their place in the journal. */
export interface JournalEntry {
  /** From 1, without a gap, in the order in which the relay had them confirmed. */
  readonly position: number;
  /** A JSON array of event envelopes, as they were published. */
  readonly events: string;
}

/** Where a page begins: behind a position, or with the first that was sent at an instant or later. */
export type JournalStart = { readonly after: number } | { readonly since: number };

/** Some of the journal, and whether there was more when it was read. */
export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  readonly more: boolean;
}

interface EntrySize {
  readonly position: number;
  readonly bytes: number;
}

/**
 * The next entries, in the order of their positions: at most `limit`, and not much more than
 * {@link pageBytesMax} bytes. A cursor on positions misses nothing: they become visible in their order
 * (P4, P10).
 */
export function readJournal(
  db: OutboxDatabase,
  start: JournalStart,
  limit: number,
): Promise<JournalPage> {
  return db.read(async (sql) => {
    const after = 'after' in start ? start.after : await beforeInstant(sql, start.since);
    const sizes = await sql.query<EntrySize>(
      `SELECT position, LENGTH(events) AS bytes FROM outbox WHERE position > ?
       ORDER BY position LIMIT ?`,
      [after, limit + 1],
    );
    const fitting = thatFit(sizes.slice(0, limit));
    const last = fitting.at(-1);
    if (last === undefined) return { entries: [], more: false };
    const entries = await sql.query<JournalEntry>(
      `SELECT position, events FROM outbox WHERE position > ? AND position <= ? ORDER BY position`,
      [after, last.position],
    );
    return { entries, more: fitting.length < sizes.length };
  });
}

/** At least the first, however large. */
function thatFit(sizes: readonly EntrySize[]): readonly EntrySize[] {
  let bytes = 0;
  const tooMuch = sizes.findIndex((entry, place) => {
    bytes += entry.bytes;
    return place > 0 && bytes > pageBytesMax;
  });
  return tooMuch === -1 ? sizes : sizes.slice(0, tooMuch);
}

/** The position behind which everything was sent at the instant or later; all of it when none was. */
async function beforeInstant(sql: Sql, since: number): Promise<number> {
  const [row] = await sql.query<{ first: number | null; last: number | null }>(
    `SELECT (SELECT MIN(position) FROM outbox WHERE sent_at >= ?) AS first,
       (SELECT MAX(position) FROM outbox) AS last`,
    [since],
  );
  const first = row?.first ?? null;
  return first === null ? (row?.last ?? 0) : first - 1;
}
