import type { Outbox } from '@onepoint/messaging';
import type { Transaction } from '@onepoint/persistence';
import { announceChunks } from './announce-run.ts';
import type { AnnouncedRun } from './announce-run.ts';

/** Chunks that one transaction tells: 10,000 deals, some 100 KB of outbox. */
export const CHUNKS_MAX = 20;

interface WaitingRow extends Omit<AnnouncedRun, 'lines'> {
  readonly firstPlace: number;
  readonly lastPlace: number;
  readonly nextChunk: number;
}

/** Tells the first deals of a run that has just been written, in its own transaction. */
export async function announceBeginning(
  tx: Transaction,
  outbox: Outbox,
  run: AnnouncedRun,
): Promise<void> {
  const nextChunk = await announceChunks(tx, outbox, run, 1, CHUNKS_MAX);
  if (nextChunk === null) return;
  await tx.insertRows('run_announcement', [{ run_id: run.runId, next_chunk: nextChunk }]);
}

/** Goes on with the oldest run that has not told all its deals; false when there is none. */
export async function announceNext(tx: Transaction, outbox: Outbox): Promise<boolean> {
  const [waiting] = await tx.query<{ runId: number; nextChunk: number }>(
    `SELECT run_id AS runId, next_chunk AS nextChunk FROM run_announcement
     ORDER BY run_id LIMIT 1${tx.forUpdate()}`,
  );
  if (waiting === undefined) return false;
  const [row] = await tx.query<WaitingRow>(
    `SELECT r.id AS runId, r.billing_id AS billingId, b.merchant_id AS merchantId,
       b.billing_month AS billingMonth, r.first_place AS firstPlace, r.last_place AS lastPlace,
       r.first_chunk AS firstChunk, r.settled_at AS settledAt
     FROM settlement_run r JOIN billing b ON b.id = r.billing_id WHERE r.id = ?`,
    [waiting.runId],
  );
  if (row === undefined) throw new RangeError(`run ${waiting.runId} is to be told and not there`);
  const run = { ...row, lines: { first: row.firstPlace, last: row.lastPlace } };
  const nextChunk = await announceChunks(tx, outbox, run, waiting.nextChunk, CHUNKS_MAX);
  await (nextChunk === null
    ? tx.execute('DELETE FROM run_announcement WHERE run_id = ?', [waiting.runId])
    : tx.execute('UPDATE run_announcement SET next_chunk = ? WHERE run_id = ?', [
        nextChunk,
        waiting.runId,
      ]));
  return true;
}
