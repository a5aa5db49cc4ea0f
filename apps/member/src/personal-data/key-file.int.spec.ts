import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keysFromFile, KeyFileUnusable } from './key-file.ts';

describe('the key file of a developer', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onepoint-keys-'));
    file = join(folder, 'data', 'member-keys.json');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is made once, for its owner alone, and leaves no draft behind', () => {
    const made = keysFromFile(file);
    expect(made.isNew).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['member-keys.json']);

    const again = keysFromFile(file);
    expect(again.isNew).toBe(false);
    expect(again.hash.equals(made.hash)).toBe(true);
    expect(again.data.map(({ id }) => id)).toEqual(made.data.map(({ id }) => id));
  });

  it('never holds the same keys in two places', () => {
    const other = keysFromFile(join(folder, 'other', 'member-keys.json'));
    expect(keysFromFile(file).hash.equals(other.hash)).toBe(false);
  });

  it('is refused when others may read it', () => {
    keysFromFile(file);
    chmodSync(file, 0o640);
    expect(() => keysFromFile(file)).toThrow('chmod 600');
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, 40)],
    ['emptied', () => ''],
    ['given a short key', (text: string) => text.replace(/:[A-Za-z0-9+/]{43}=/, ':c2hvcnQ=')],
  ])('is refused when it was %s, and not shown', (_what, spoil) => {
    keysFromFile(file);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, spoil(text));
    expect(() => keysFromFile(file)).toThrow(KeyFileUnusable);
    expect(() => keysFromFile(file)).not.toThrow(/[A-Za-z0-9+/]{20}=/);
  });

  it('is refused where nothing can be written', () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    expect(() => keysFromFile(file)).toThrow(KeyFileUnusable);
  });
});
