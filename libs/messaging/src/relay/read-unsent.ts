import type { Sql } from '@onepoint/persistence';
import type { OutboxRow } from '../outbox/stored-events.ts';
import type { OutboxDatabase } from './outbox-database.ts';

/** The most rows read at once: with rows at their largest that is 32 MiB. */
export const readRowsMax = 64;

interface UnsentRow {
  readonly id: number;
  readonly event_count: number;
  readonly events: string;
  readonly traceparent: string | null;
  readonly traceparents: string | null;
}

const columns = 'id, event_count, events, traceparent, traceparents';

/** The highest id there is, sent or not; 0 in an empty outbox. */
export function highestId(db: OutboxDatabase): Promise<number> {
  return db.read(async (sql) => {
    const [row] = await sql.query<{ id: number | null }>('SELECT MAX(id) AS id FROM outbox');
    return row?.id ?? 0;
  });
}

/** Unsent rows beyond that id: the quick way while rows arrive in order. */
export function readNewer(db: OutboxDatabase, afterId: number): Promise<OutboxRow[]> {
  return db.read(async (sql) => {
    const rows = await sql.query<UnsentRow>(
      `SELECT ${columns} FROM outbox${sql.useIndex('PRIMARY')}
       WHERE id > ? AND position IS NULL ORDER BY id LIMIT ${readRowsMax}`,
      [afterId],
    );
    return rows.map(outboxRow);
  });
}

/**
 * All that is still unsent except what is known. Ids become visible out of order: a row whose transaction
 * commits late lies below ids that were long sent, and only asking what is still there finds it (P4).
 */
export function readOverlooked(
  db: OutboxDatabase,
  known: ReadonlySet<number>,
): Promise<OutboxRow[]> {
  return db.read(async (sql) => {
    const ids = await unsentIds(sql, known.size + readRowsMax);
    const missed = ids.filter((id) => !known.has(id)).slice(0, readRowsMax);
    if (missed.length === 0) return [];
    const list = sql.inList(missed);
    const rows = await sql.query<UnsentRow>(
      `SELECT ${columns} FROM outbox WHERE id IN ${list.sql} AND position IS NULL ORDER BY id`,
      list.params,
    );
    return rows.map(outboxRow);
  });
}

/** What waits in the outbox. */
export interface UnsentMeasure {
  /** Counted up to a limit. */
  readonly rows: number;
  /** When the first of them was written (epoch milliseconds), and its id; null when nothing waits. */
  readonly oldestCreatedAt: number | null;
  readonly lowestId: number | null;
}

/** How many rows are unsent, counted up to the limit, and when the first of them was written. */
export function measureUnsent(db: OutboxDatabase, countMax: number): Promise<UnsentMeasure> {
  return db.read(async (sql) => {
    const ids = await unsentIds(sql, countMax);
    const [first] = ids;
    if (first === undefined) return { rows: 0, oldestCreatedAt: null, lowestId: null };
    const [oldest] = await sql.query<{ created_at: number }>(
      'SELECT created_at FROM outbox WHERE id = ?',
      [first],
    );
    return { rows: ids.length, oldestCreatedAt: oldest?.created_at ?? null, lowestId: first };
  });
}

/**
 * No ORDER BY: in the index they lie in the order of their ids anyhow, and MariaDB would sort the whole of a
 * long backlog for it at every look (100,000 entries read for 64).
 */
async function unsentIds(sql: Sql, limit: number): Promise<number[]> {
  const rows = await sql.query<{ id: number }>(
    `SELECT id FROM outbox${sql.useIndex('outbox_position')} WHERE position IS NULL LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

function outboxRow({ event_count: eventCount, ...row }: UnsentRow): OutboxRow {
  return { ...row, eventCount };
}
