import { fingerprintOf } from '@onepoint/persistence';
import { callerName } from '@onepoint/platform';
import type { Caller } from '@onepoint/platform';
import type { RequestKey } from '../domain/deal-request.ts';

/**
 * What makes a request the same when it comes again: whose it is, its key, and what it asks for.
 *
 * @param route method and path with its parameters
 * @param body as it was understood: "0001" and 1 are the same
 */
export function requestKey(
  caller: Caller,
  key: string | null,
  route: string,
  body: unknown,
): RequestKey | null {
  if (key === null) return null;
  return { caller: callerName(caller), key, fingerprint: fingerprintOf({ route, body }) };
}
