import { hash } from 'node:crypto';

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
  return hash('sha256', `[${JSON.stringify(parts.route)},${canonical(parts.body ?? null)}]`);
}

/** As `JSON.stringify` writes it, but with the members of each object in the order of their names. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members: string[] = [];
  for (const [name, member] of Object.entries(value).sort(byName)) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonical(member)}`);
  }
  return `{${members.join(',')}}`;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
