import type { LaterId } from '../later-ids.ts';
import type { Transaction } from '../sql.ts';
import type { KeyClaim } from './key-claim.ts';

/** One key to claim; with its answer, when that is known already (a batch that decides at once). */
export interface KeyToClaim {
  readonly claim: KeyClaim;
  /** Id of what the request makes; a {@link LaterId} where that is inserted right before. */
  readonly subjectId?: number | LaterId;
  readonly answer?: { readonly status: number; readonly body: unknown };
}

/**
 * Claims keys in the transaction of the work itself: both are there or neither (P2). A key that was
 * claimed before is a duplicate key error (see {@link isDuplicateKey}); then none is claimed.
 * `now` is epoch milliseconds and counts for {@link dropExpiredKeys}.
 */
export async function claimKeys(
  tx: Transaction,
  rows: readonly KeyToClaim[],
  now: number,
): Promise<void> {
  await tx.insertRows('idempotency_key', rowsOf(rows, now));
}

/** The same, but nobody waits: a key that was claimed before is the transaction's duplicate key error. */
export function claimKeysLater(tx: Transaction, rows: readonly KeyToClaim[], now: number): void {
  tx.later.insertRows('idempotency_key', rowsOf(rows, now));
}

function rowsOf(rows: readonly KeyToClaim[], now: number): Record<string, unknown>[] {
  return rows.map(({ claim, subjectId, answer }) => ({
    caller: claim.caller,
    idem_key: claim.key,
    fingerprint: claim.fingerprint,
    subject_id: subjectId ?? null,
    response_status: answer ? answer.status : null,
    response_body: answer ? JSON.stringify(answer.body ?? null) : null,
    created_at: now,
  }));
}
