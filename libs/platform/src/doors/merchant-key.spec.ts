import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newMerchantKey, readMerchantKey } from './merchant-key.ts';

describe('a merchant key', () => {
  it('is printable, carries its id, and keeps only a hash of its secret', () => {
    const key = newMerchantKey();
    const read = readMerchantKey(key.secret);
    expect(read?.keyId).toBe(key.keyId);
    expect(
      createHash('sha256')
        .update(read?.secret ?? '')
        .digest('hex'),
    ).toBe(key.hash);
    expect(read?.secret).toHaveLength(43);
  });

  it('is never the same twice', () => {
    const secrets = new Set(Array.from({ length: 100 }, () => newMerchantKey().secret));
    expect(secrets.size).toBe(100);
  });

  it.each(['', 'opk_', 'opk_0123456789abcdef_short', `xpk_0123456789abcdef_${'a'.repeat(43)}`])(
    'is not %j',
    (text) => {
      expect(readMerchantKey(text)).toBeNull();
    },
  );
});
