import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { KEY_BYTES, KeysMalformed, parseDataKeys, parseKey } from './data-key.ts';
import type { MemberKeys } from './member-keys.ts';

/** The file of the development keys cannot be used. Names the file and repeats nothing of it. */
export class KeyFileUnusable extends Error {
  override readonly name = 'KeyFileUnusable';

  constructor(file: string, why: string) {
    super(`${file}: ${why}`);
  }
}

const keyFile = z.strictObject({ MEMBER_DATA_KEYS: z.string(), MEMBER_HASH_KEY: z.string() });
const OTHERS = 0o077;

/**
 * The keys of a developer's machine: made once, kept beside the data that they open, readable by
 * their owner alone. Two processes that start at once get the same keys.
 * Throws {@link KeyFileUnusable}.
 */
export function keysFromFile(file: string): MemberKeys & { readonly isNew: boolean } {
  const known = readKeys(file);
  if (known !== null) return { ...known, isNew: false };
  const isNew = makeKeys(file);
  const made = readKeys(file);
  if (made === null) throw new KeyFileUnusable(file, 'vanished while it was made');
  return { ...made, isNew };
}

function readKeys(file: string): MemberKeys | null {
  const text = readText(file);
  if (text === null) return null;
  if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0) {
    throw new KeyFileUnusable(file, 'others may read it: chmod 600');
  }
  try {
    const { MEMBER_DATA_KEYS, MEMBER_HASH_KEY } = keyFile.parse(JSON.parse(text));
    return { data: parseDataKeys(MEMBER_DATA_KEYS), hash: parseKey(MEMBER_HASH_KEY) };
  } catch (error) {
    const why = error instanceof KeysMalformed ? error.message : 'is not what was written there';
    throw new KeyFileUnusable(file, why);
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw new KeyFileUnusable(file, 'cannot be read');
  }
}

/** Whether this process made the file: a link appears whole or not at all, and only once. */
function makeKeys(file: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, newKeys(), { mode: 0o600, flag: 'wx', flush: true });
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw new KeyFileUnusable(file, 'cannot be written');
  } finally {
    rmSync(draft, { force: true });
  }
}

function newKeys(): string {
  const key = (): string => randomBytes(KEY_BYTES).toString('base64');
  const id = `dev-${randomBytes(4).toString('hex')}`;
  const keys = { MEMBER_DATA_KEYS: `${id}:${key()}`, MEMBER_HASH_KEY: key() };
  return `${JSON.stringify(keys satisfies z.infer<typeof keyFile>, null, 2)}\n`;
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
