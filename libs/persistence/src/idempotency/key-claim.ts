import { createHash } from 'node:crypto';

/** Whose key it is, the key, and what the request was (domain word: `Idempotency-Key`). */
export interface KeyClaim {
  /** Name of the caller, 1..64 characters: keys belong to the caller. */
  readonly caller: string;
  /** 1..255 characters. */
  readonly key: string;
  /** {@link fingerprintOf} the request. */
  readonly fingerprint: string;
}

/** A key that was claimed before, with the first answer once there is one. */
export interface KeptKey {
  readonly caller: string;
  readonly key: string;
  readonly fingerprint: string;
  /** Id of what the first request made (a deal), when it said so. */
  readonly subjectId: number | null;
  /** HTTP status of the first answer; null while it is running. */
  readonly status: number | null;
  readonly body: unknown;
}

/** Under which {@link findKeys} files a key: the caller and the key, apart by a NUL. */
export function claimIdOf(claim: Pick<KeyClaim, 'caller' | 'key'>): string {
  return `${claim.caller}\0${claim.key}`;
}

/**
 * SHA-256 (hex) of method, route and body; members of objects in any order give the same.
 * `route` is method and path with its parameters: `POST /deals/7/cancel`.
 */
export function fingerprintOf(parts: { readonly route: string; readonly body: unknown }): string {
  const canonical = JSON.stringify([parts.route, parts.body ?? null], sortMembers);
  return createHash('sha256').update(canonical).digest('hex');
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Without a prototype, so that a member named __proto__ is a member like any other.
  const sorted = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value).sort(byName)) sorted[name] = member;
  return sorted;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
