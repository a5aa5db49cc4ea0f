import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@onepoint/persistence';
import { jitteredDelayMs } from '../transport/wait.ts';

const firstMs = 50;
const longestMs = 2_000;
const pingTimeoutMs = 1_000;

/** A wait for the database that all messages in hand share; it never rejects. */
export function databaseBack(db: Database): () => Promise<void> {
  let waiting: Promise<void> | null = null;
  return () => (waiting ??= untilBack(db).finally(() => (waiting = null)));
}

async function untilBack(db: Database): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    await sleep(jitteredDelayMs(failures, firstMs, longestMs));
    const back = await db.ping(pingTimeoutMs).then(
      () => true,
      () => false,
    );
    if (back) return;
  }
}
