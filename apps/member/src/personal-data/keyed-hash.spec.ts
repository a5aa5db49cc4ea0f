import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyedHash } from './keyed-hash.ts';

const newHash = (): KeyedHash => new KeyedHash(createSecretKey(randomBytes(32)));

describe('the hash of a phone', () => {
  const hash = newHash();

  it('is the same for the same phone and another for another', () => {
    expect(hash.ofPhone('01011111111')).toBe(hash.ofPhone('01011111111'));
    expect(hash.ofPhone('01011111111')).not.toBe(hash.ofPhone('01011111112'));
    expect(hash.ofPhone('01011111111')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('cannot be made without the key', () => {
    expect(newHash().ofPhone('01011111111')).not.toBe(hash.ofPhone('01011111111'));
  });

  it('is never that of a request', () => {
    expect(hash.ofFingerprint('01011111111')).not.toBe(hash.ofPhone('01011111111'));
  });
});
