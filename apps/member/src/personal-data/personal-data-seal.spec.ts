import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseDataKeys } from './data-key.ts';
import type { DataKey } from './data-key.ts';
import { DataKeyMissing, PersonalDataSeal, SealBroken } from './personal-data-seal.ts';

const personal = { name: '안서연', phone: '01011111111', address: null, email: 'a@b.kr' };
const newKey = (id: string): readonly DataKey[] =>
  parseDataKeys(`${id}:${randomBytes(32).toString('base64')}`);

describe('sealed personal data', () => {
  const seal = new PersonalDataSeal(newKey('k1'));
  const row = randomUUID();

  it('opens to what was sealed', () => {
    const sealed = seal.seal(row, personal);
    expect(sealed.keyId).toBe('k1');
    expect(seal.open(row, sealed)).toEqual(personal);
  });

  it('shows nothing of it', () => {
    const bytes = Buffer.from(seal.seal(row, personal).bytes);
    for (const secret of ['안서연', '01011111111', 'a@b.kr', 'phone']) {
      expect(bytes.includes(secret)).toBe(false);
    }
  });

  it('looks different each time, for the IV is never used twice', () => {
    const ivs = Array.from({ length: 1_000 }, () =>
      Buffer.from(seal.seal(row, personal).bytes.subarray(1, 13)).toString('hex'),
    );
    expect(new Set(ivs).size).toBe(1_000);
  });

  it('does not open when any one byte was changed', () => {
    const { keyId, bytes } = seal.seal(row, personal);
    for (const at of bytes.keys()) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => seal.open(row, { keyId, bytes: changed })).toThrow(SealBroken);
    }
  });

  it('does not open when it was cut short or made longer', () => {
    const { keyId, bytes } = seal.seal(row, personal);
    for (const length of [0, 1, 13, 28, 29, bytes.length - 1]) {
      const cut = { keyId, bytes: bytes.subarray(0, length) };
      expect(() => seal.open(row, cut)).toThrow(SealBroken);
    }
    const longer = { keyId, bytes: Buffer.concat([bytes, Buffer.of(0)]) };
    expect(() => seal.open(row, longer)).toThrow(SealBroken);
  });

  it('does not open in another row', () => {
    const sealed = seal.seal(row, personal);
    expect(() => seal.open(randomUUID(), sealed)).toThrow(SealBroken);
  });
});

describe('key rotation', () => {
  const [old, young] = [newKey('k1'), newKey('k2')];
  const row = randomUUID();

  it('a new first key seals, and the old one still reads what it has sealed', () => {
    const before = new PersonalDataSeal(old).seal(row, personal);
    const rotated = new PersonalDataSeal([...young, ...old]);
    expect(rotated.open(row, before)).toEqual(personal);
    expect(rotated.seal(row, personal).keyId).toBe('k2');
  });

  it('without its key nothing can be read', () => {
    const sealed = new PersonalDataSeal(old).seal(row, personal);
    expect(() => new PersonalDataSeal(young).open(row, sealed)).toThrow(DataKeyMissing);
  });

  it('another key under the old name reads nothing', () => {
    const sealed = new PersonalDataSeal(old).seal(row, personal);
    expect(() => new PersonalDataSeal(newKey('k1')).open(row, sealed)).toThrow(SealBroken);
  });

  it('one of two keys cannot pass for the other', () => {
    const twins = [old, young].flat();
    const sealed = new PersonalDataSeal(twins).seal(row, personal);
    expect(() => new PersonalDataSeal(twins).open(row, { ...sealed, keyId: 'k2' })).toThrow(
      SealBroken,
    );
  });
});

it('there is no seal without a key', () => {
  expect(() => new PersonalDataSeal([])).toThrow(DataKeyMissing);
});
