import type { Transaction } from '../sql.ts';
import type { KeyClaim } from './key-claim.ts';

/** Forgets claims whose request came to nothing: the caller may try again with the same key. */
export async function releaseKeys(tx: Transaction, claims: readonly KeyClaim[]): Promise<void> {
  for (const { caller, key } of claims) {
    await tx.execute('DELETE FROM idempotency_key WHERE caller = ? AND idem_key = ?', [
      caller,
      key,
    ]);
  }
}
