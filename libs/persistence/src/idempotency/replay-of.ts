import { IdempotencyKeyReused } from './idempotency.errors.ts';
import type { KeptKey, KeyClaim } from './key-claim.ts';

/**
 * What a repeated request is answered: the first answer, or `'running'` while there is none.
 * Throws {@link IdempotencyKeyReused} when it is another request than the first.
 */
export function replayOf(
  kept: KeptKey,
  claim: Pick<KeyClaim, 'fingerprint'>,
): { readonly status: number; readonly body: unknown } | 'running' {
  if (kept.fingerprint !== claim.fingerprint) throw new IdempotencyKeyReused();
  return kept.status === null ? 'running' : { status: kept.status, body: kept.body };
}
