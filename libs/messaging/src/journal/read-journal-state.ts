import type { Sql } from '@onepoint/persistence';
import { countedRowsMax } from '../relay/outbox-gauge.ts';
import type { OutboxDatabase } from '../relay/outbox-database.ts';
import { highestId, measureUnsent } from '../relay/read-unsent.ts';

/** How a service's outbox and journal stand. Instants are epoch milliseconds. */
export interface JournalState {
  /** The lowest position there still is; null in an empty journal. */
  readonly firstPosition: number | null;
  /** The last position ever given; 0 before the first. */
  readonly lastPosition: number;
  /** Rows that are not sent yet, counted up to {@link countedRowsMax}. */
  readonly unsentRows: number;
  readonly oldestUnsentAt: number | null;
  /** The lowest id that is unsent; null when all is sent. */
  readonly lowestUnsentId: number | null;
  /** The highest id there is. What was ever published has an id up to it. */
  readonly highestId: number;
  /** Who publishes; null while nobody does. */
  readonly relayHolder: string | null;
  /** Until when, unless it is renewed; null in SQLite, where nobody competes. */
  readonly relayUntil: number | null;
}

/** Looks at everything once. What is read later is never older than what is read earlier. */
export async function readJournalState(db: OutboxDatabase): Promise<JournalState> {
  const highest = await highestId(db);
  const { rows, oldestCreatedAt, lowestId } = await measureUnsent(db, countedRowsMax);
  const { first, lease } = await db.read(async (sql) => ({
    lease: await readLease(sql),
    first: await firstPosition(sql),
  }));
  return {
    firstPosition: first,
    lastPosition: lease.lastPosition,
    unsentRows: rows,
    oldestUnsentAt: oldestCreatedAt,
    lowestUnsentId: lowestId,
    highestId: highest,
    relayHolder: lease.owner === '' ? null : lease.owner,
    relayUntil: db.dialect === 'sqlite' || lease.owner === '' ? null : lease.untilMs,
  };
}

async function firstPosition(sql: Sql): Promise<number | null> {
  const [row] = await sql.query<{ first: number | null }>(
    'SELECT MIN(position) AS first FROM outbox WHERE position > 0',
  );
  return row?.first ?? null;
}

interface LeaseState {
  readonly owner: string;
  readonly untilMs: number;
  readonly lastPosition: number;
}

const nobody: LeaseState = { owner: '', untilMs: 0, lastPosition: 0 };

async function readLease(sql: Sql): Promise<LeaseState> {
  const [row] = await sql.query<LeaseState>(
    `SELECT owner, until_ms AS untilMs, last_position AS lastPosition
     FROM relay_lease WHERE name = 'relay'`,
  );
  return row ?? nobody;
}
