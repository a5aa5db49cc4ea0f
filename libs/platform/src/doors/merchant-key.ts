import { hash, randomBytes } from 'node:crypto';

/** What a service keeps of a key; `hash` is the SHA-256 of its secret in hex. */
export interface KeptMerchantKey {
  readonly merchantId: number;
  readonly hash: string;
}

/** Where a service that admits merchants finds their keys. */
export interface MerchantKeys {
  /** The live key of that id, or null; at once when it is at hand. */
  find(keyId: string): KeptMerchantKey | null | Promise<KeptMerchantKey | null>;
}

/** Provide a {@link MerchantKeys} under this token in a service that admits merchants. */
export const MERCHANT_KEYS = Symbol('MerchantKeys');

/** A key as it is made: `secret` is printed once and never kept, `hash` is what is kept. */
export interface NewMerchantKey {
  /** Names the key in public: 16 hex digits. */
  readonly keyId: string;
  /** The whole key as a merchant sends it, `opk_<keyId>_<43 characters>`. */
  readonly secret: string;
  /** SHA-256 of the secret part, 64 hex digits. */
  readonly hash: string;
}

const pattern = /^opk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** Makes a key out of 256 random bits. */
export function newMerchantKey(): NewMerchantKey {
  const keyId = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { keyId, secret: `opk_${keyId}_${secret}`, hash: hash('sha256', secret, 'hex') };
}

/** Takes a key apart, or null when it does not look like one. */
export function readMerchantKey(text: string): { keyId: string; secret: string } | null {
  const match = pattern.exec(text);
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { keyId: match[1], secret: match[2] };
}
