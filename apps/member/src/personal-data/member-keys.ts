import type { KeyObject } from 'node:crypto';
import type { DataKey } from './data-key.ts';

/** The secrets of the member service. */
export interface MemberKeys {
  /** The first one encrypts; the others read what they have encrypted before. Never empty. */
  readonly data: readonly DataKey[];
  /** Keys the hashes of phones and of requests. It cannot be changed while there are members. */
  readonly hash: KeyObject;
}

/** Injection token of the {@link MemberKeys}. */
export const MEMBER_KEYS = Symbol('MEMBER_KEYS');
