import type { Database } from '../database.ts';

/**
 * Deletes the keys that were claimed before `olderThan` (epoch milliseconds; keys live at least
 * 24 h), `sliceMax` (default 1000) in one transaction, so that nobody waits long. Returns how many.
 */
export async function dropExpiredKeys(
  db: Database,
  olderThan: number,
  sliceMax = 1000,
): Promise<number> {
  const sql =
    db.dialect === 'mysql'
      ? 'DELETE FROM idempotency_key WHERE created_at < ? ORDER BY created_at LIMIT ?'
      : `DELETE FROM idempotency_key WHERE rowid IN
         (SELECT rowid FROM idempotency_key WHERE created_at < ? ORDER BY created_at LIMIT ?)`;
  for (let dropped = 0; ;) {
    const { affected } = await db.transaction((tx) => tx.execute(sql, [olderThan, sliceMax]));
    dropped += affected;
    if (affected < sliceMax) return dropped;
  }
}
