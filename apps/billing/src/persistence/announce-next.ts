import type { NewEvent, Outbox } from '@onepoint/messaging';
import type { Transaction } from '@onepoint/persistence';
import { readChunks } from './announce-run.ts';
import type { AnnouncedRun } from './announce-run.ts';

/** Chunks that one transaction tells: 16,000 deals at most, some 200 KB of outbox. */
export const CHUNKS_MAX = 32;

interface WaitingRow extends Omit<AnnouncedRun, 'lines'> {
  readonly firstPlace: number;
  readonly lastPlace: number;
  readonly nextChunk: number;
}

/**
 * Tells the deals of runs that have just been written, in their own transaction: up to
 * {@link CHUNKS_MAX} chunks of all together; the rest is put on the list of what is still to be told.
 */
export async function announceBeginnings(
  tx: Transaction,
  outbox: Outbox,
  runs: readonly AnnouncedRun[],
): Promise<void> {
  let chunksLeft = CHUNKS_MAX;
  const events: NewEvent[] = [];
  const waiting: { run_id: number; next_chunk: number }[] = [];
  for (const run of runs) {
    let nextChunk: number | null = 1;
    if (chunksLeft > 0) {
      const told = await readChunks(tx, run, 1, chunksLeft);
      events.push(...told.events);
      chunksLeft -= told.events.length;
      ({ nextChunk } = told);
    }
    if (nextChunk !== null) waiting.push({ run_id: run.runId, next_chunk: nextChunk });
  }
  await tx.insertRows('run_announcement', waiting);
  await outbox.append(tx, events);
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
  const { events, nextChunk } = await readChunks(tx, run, waiting.nextChunk, CHUNKS_MAX);
  await outbox.append(tx, events);
  await (nextChunk === null
    ? tx.execute('DELETE FROM run_announcement WHERE run_id = ?', [waiting.runId])
    : tx.execute('UPDATE run_announcement SET next_chunk = ? WHERE run_id = ?', [
        nextChunk,
        waiting.runId,
      ]));
  return true;
}
