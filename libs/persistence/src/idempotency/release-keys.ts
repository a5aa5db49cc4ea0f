import type { Transaction } from '../sql.ts';
import type { KeyClaim } from './key-claim.ts';

/** A claim to forget. */
export interface ClaimToRelease extends Pick<KeyClaim, 'caller' | 'key'> {
  /** Only while the claim is still this one's: somebody may have released and claimed it since. */
  readonly subjectId?: number;
}

/** Forgets claims whose request came to nothing: the caller may try again with the same key. */
export function releaseKeys(tx: Transaction, claims: readonly ClaimToRelease[]): void {
  for (const { caller, key, subjectId } of claims) {
    const [whose, params] =
      subjectId === undefined ? ['', []] : [' AND subject_id = ?', [subjectId]];
    tx.later.execute(`DELETE FROM idempotency_key WHERE caller = ? AND idem_key = ?${whose}`, [
      caller,
      key,
      ...params,
    ]);
  }
}
