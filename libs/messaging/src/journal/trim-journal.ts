import type { OutboxDatabase } from '../relay/outbox-database.ts';

/** The most rows that one transaction deletes: it holds its locks for some milliseconds. */
export const trimRowsMax = 200;

/** The most slices of one round; what is left over is the next round's. */
export const trimSlicesMax = 200;

/**
 * Drops what was sent before `sentBefore` (epoch milliseconds) from the low end of the journal, a range of
 * positions at a time, and answers how many rows. What is unsent has no position and is never touched;
 * what remains is without a gap. For one process at a time: the one that leads the relay.
 */
export async function trimJournal(
  db: OutboxDatabase,
  sentBefore: number,
  mayGoOn: () => boolean = () => true,
): Promise<number> {
  let trimmed = 0;
  for (let slices = 0; slices < trimSlicesMax && mayGoOn(); slices += 1) {
    const slice = await trimSlice(db, sentBefore);
    trimmed += slice;
    if (slice < trimRowsMax) break;
  }
  return trimmed;
}

async function trimSlice(db: OutboxDatabase, sentBefore: number): Promise<number> {
  const lowest = await db.read((sql) =>
    sql.query<{ position: number; sentAt: number }>(
      `SELECT position, sent_at AS sentAt FROM outbox WHERE position > 0
       ORDER BY position LIMIT ${trimRowsMax}`,
    ),
  );
  // Clocks of two relays differ a little: stop at the first that must stay, whatever lies behind it.
  const stays = lowest.findIndex(({ sentAt }) => sentAt >= sentBefore);
  const old = stays === -1 ? lowest : lowest.slice(0, stays);
  const [first, last] = [old.at(0), old.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return db.transaction(async (tx) => {
    const { affected } = await tx.execute('DELETE FROM outbox WHERE position BETWEEN ? AND ?', [
      first.position,
      last.position,
    ]);
    return affected;
  });
}
