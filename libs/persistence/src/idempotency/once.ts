import type { Database } from '../database.ts';
import { isDuplicateKey } from '../errors/is-duplicate-key.ts';
import type { Transaction } from '../sql.ts';
import { claimKeys } from './claim-keys.ts';
import { findKeys } from './find-keys.ts';
import { RequestInProgress } from './idempotency.errors.ts';
import { keepAnswers } from './keep-answers.ts';
import { claimIdOf } from './key-claim.ts';
import type { KeyClaim } from './key-claim.ts';
import { replayOf } from './replay-of.ts';

/** The work's answer, or the first answer again. */
export interface OnceAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly replayed: boolean;
}

/** Says that the duplicate key was the claim's, not one of the work's own. */
class ClaimedBefore extends Error {
  override readonly name = 'ClaimedBefore';
}

/** A key can vanish between the claim and the look at it (the first request failed): claim again. */
const TRIES_MAX = 3;

/**
 * Does a simple command once per key: claim, work and answer are one transaction (P2). A repetition
 * gets the first answer. Without a claim it is just a transaction. Work that throws leaves the key
 * free. Throws {@link IdempotencyKeyReused} and {@link RequestInProgress}.
 */
export async function once<T>(
  db: Database,
  claim: KeyClaim | null,
  now: number,
  work: (tx: Transaction) => Promise<{ readonly status: number; readonly body: T }>,
): Promise<OnceAnswer<T>> {
  if (!claim) return { ...(await db.transaction(work)), replayed: false };
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    try {
      return await workOnce(db, claim, now, work);
    } catch (error) {
      if (!(error instanceof ClaimedBefore)) throw error;
    }
    const kept = (await db.read((sql) => findKeys(sql, [claim]))).get(claimIdOf(claim));
    if (!kept) continue;
    const replay = replayOf(kept, claim);
    if (replay === 'running') break;
    // What was kept is what this very command answered.
    return { status: replay.status, body: replay.body as T, replayed: true };
  }
  throw new RequestInProgress();
}

function workOnce<T>(
  db: Database,
  claim: KeyClaim,
  now: number,
  work: (tx: Transaction) => Promise<{ readonly status: number; readonly body: T }>,
): Promise<OnceAnswer<T>> {
  return db.transaction(async (tx) => {
    try {
      await claimKeys(tx, [{ claim }], now);
    } catch (error) {
      throw isDuplicateKey(error) ? new ClaimedBefore() : error;
    }
    const answer = await work(tx);
    await keepAnswers(tx, [{ claim, ...answer }]);
    return { status: answer.status, body: answer.body, replayed: false };
  });
}
