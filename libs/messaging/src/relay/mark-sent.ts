import type { OutboxDatabase } from './outbox-database.ts';
import type { RelayLease } from './relay-lease.ts';

/** The most rows marked in one transaction. */
export const markRowsMax = 200;

/** Rows that were to be marked are not there or have a position already: someone else wrote them. */
export class OutboxTouched extends Error {
  readonly code = 'OUTBOX_TOUCHED';

  constructor(wanted: number, found: number) {
    super(`${wanted} outbox rows were to be marked as sent, ${found} were unsent`);
    this.name = 'OutboxTouched';
  }
}

/**
 * Makes sent rows part of the journal: gives them the next positions, without a gap, in one transaction that
 * holds the lease. Positions become visible in their order, so a reader with a cursor misses none (P4, P10).
 *
 * @throws LeaseLost when another relay has taken over; nothing is changed then
 */
export async function markSent(
  db: OutboxDatabase,
  lease: RelayLease,
  rowIds: readonly number[],
): Promise<void> {
  const ids = rowIds.toSorted((a, b) => a - b);
  await db.transaction(async (tx) => {
    const last = await lease.lock(tx);
    const list = tx.inList(ids);
    tx.later.execute(`UPDATE relay_lease SET last_position = ? WHERE name = 'relay'`, [
      last + ids.length,
    ]);
    const { affected } = await tx.execute(
      `UPDATE outbox SET sent_at = ?, position = CASE id ${'WHEN ? THEN ? '.repeat(ids.length)}END
       WHERE position IS NULL AND id IN ${list.sql}`,
      [Date.now(), ...ids.flatMap((id, index) => [id, last + index + 1]), ...list.params],
    );
    if (affected !== ids.length) throw new OutboxTouched(ids.length, affected);
  });
}
