import type { Sql } from '@onepoint/persistence';
import type { OutboxDatabase } from './outbox-database.ts';
import type { OutboxRow } from '../outbox/stored-events.ts';

/** The most rows read at once: with rows at their largest that is 32 MiB. */
export const readRowsMax = 64;

interface UnsentRow {
  readonly id: number;
  readonly event_count: number;
  readonly events: string;
  readonly traceparent: string | null;
}

const columns = 'id, event_count, events, traceparent';

/** Unsent rows beyond the highest id seen so far: the quick way while rows arrive in order. */
export function readNewer(db: OutboxDatabase, afterId: number): Promise<OutboxRow[]> {
  return db.read(async (sql) => {
    const rows = await sql.query<UnsentRow>(
      `SELECT ${columns} FROM outbox WHERE position IS NULL AND id > ? ORDER BY id LIMIT ${readRowsMax}`,
      [afterId],
    );
    return rows.map(outboxRow);
  });
}

/**
 * All that is still unsent at or below that id, except what is known. Ids become visible out of order: a row
 * whose transaction commits late lies below ids that were long sent, and only asking what is still there
 * finds it (P4).
 */
export function readOverlooked(
  db: OutboxDatabase,
  uptoId: number,
  known: ReadonlySet<number>,
): Promise<OutboxRow[]> {
  return db.read(async (sql) => {
    const ids = await sql.query<{ id: number }>(
      `SELECT id FROM outbox WHERE position IS NULL AND id <= ? ORDER BY id
       LIMIT ${known.size + readRowsMax}`,
      [uptoId],
    );
    const missed = ids.map(({ id }) => id).filter((id) => !known.has(id));
    return missed.length === 0 ? [] : readRows(sql, missed.slice(0, readRowsMax));
  });
}

async function readRows(sql: Sql, ids: readonly number[]): Promise<OutboxRow[]> {
  const list = sql.inList(ids);
  const rows = await sql.query<UnsentRow>(
    `SELECT ${columns} FROM outbox WHERE position IS NULL AND id IN ${list.sql} ORDER BY id`,
    list.params,
  );
  return rows.map(outboxRow);
}

function outboxRow({ id, event_count, events, traceparent }: UnsentRow): OutboxRow {
  return { id, eventCount: event_count, events, traceparent };
}
