import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A key that encrypts personal data; its id stands beside what it has encrypted. */
export interface DataKey {
  /** 1 to 32 of letters, digits, `_`, `.` and `-`. */
  readonly id: string;
  readonly key: KeyObject;
}

/** Key material cannot be read. Its message never repeats any of it. */
export class KeysMalformed extends Error {
  override readonly name = 'KeysMalformed';
}

/** Bytes of an AES-256 key, and of the hash key. */
export const KEY_BYTES = 32;
const KEYS_MAX = 20;
const KEY_ID = /^[\w.-]{1,32}$/;
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Reads `keyId:base64key,…`, at most 20. The first one encrypts, the others only read what they have
 * encrypted before: to rotate, put a new key first. Throws {@link KeysMalformed}.
 */
export function parseDataKeys(text: string): readonly DataKey[] {
  const keys = text.split(',').map(parseDataKey);
  if (keys.length > KEYS_MAX) throw new KeysMalformed(`must be at most ${KEYS_MAX} keys`);
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    throw new KeysMalformed('must not name two keys alike');
  }
  return keys;
}

/** Reads a key of 32 bytes in base64. Throws {@link KeysMalformed}. */
export function parseKey(base64: string): KeyObject {
  if (!BASE64_OF_32_BYTES.test(base64)) {
    throw new KeysMalformed(`must be ${KEY_BYTES} bytes in base64`);
  }
  return createSecretKey(base64, 'base64');
}

function parseDataKey(entry: string): DataKey {
  const [id = '', key = '', ...rest] = entry.trim().split(':');
  if (!KEY_ID.test(id) || rest.length > 0) {
    throw new KeysMalformed('must look like keyId:base64key,keyId:base64key');
  }
  return { id, key: parseKey(key) };
}
