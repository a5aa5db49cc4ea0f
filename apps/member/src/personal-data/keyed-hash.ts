import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * Hashes by which personal data can be compared and not guessed: phones are few enough to try them
 * all, so the hash needs a key (HMAC-SHA-256, in hex; P13).
 */
export class KeyedHash {
  constructor(private readonly key: KeyObject) {}

  /** For lookup and uniqueness. @param phone digits only */
  ofPhone(phone: string): string {
    return this.hash('phone', phone);
  }

  /** Of a request's fingerprint, which is made of name and phone and outlives a withdrawal. */
  ofFingerprint(fingerprint: string): string {
    return this.hash('request', fingerprint);
  }

  private hash(kind: string, text: string): string {
    return createHmac('sha256', this.key).update(`${kind}:${text}`).digest('hex');
  }
}
