import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '@onepoint/platform';
import { memberSettings } from './member.config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const keys = { MEMBER_DATA_KEYS: `k2:${KEY},k1:${KEY}`, MEMBER_HASH_KEY: KEY };
const doorsClosed = {
  SERVICE_TOKEN: 's'.repeat(32),
  OPERATOR_TOKENS: `alice:${'a'.repeat(64)}:members`,
};

function refusalOf(env: Record<string, string>): readonly string[] {
  try {
    memberSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
  return [];
}

describe('the keys of personal data', () => {
  it('come from the environment, the first one being the current one', () => {
    const { keySource } = memberSettings(keys);
    expect(keySource).toMatchObject({
      from: 'environment',
      keys: { data: [{ id: 'k2' }, { id: 'k1' }] },
    });
  });

  it('are never shown when settings are printed', () => {
    expect(JSON.stringify(memberSettings(keys))).not.toContain(KEY);
  });

  it('are made on a developer’s machine with open doors', () => {
    expect(memberSettings({ ONEPOINT_DATA: '/somewhere' }).keySource).toEqual({
      from: 'file',
      file: '/somewhere/member-keys.json',
    });
  });

  it.each([
    ['in production', { NODE_ENV: 'production', ...doorsClosed }],
    ['behind closed doors', doorsClosed],
  ])('are required %s', (_where, env) => {
    expect(refusalOf(env).map((line) => line.split(':')[0])).toEqual([
      'MEMBER_DATA_KEYS',
      'MEMBER_HASH_KEY',
    ]);
    expect(refusalOf({ ...env, ...keys })).toEqual([]);
  });

  it('are asked for together with whatever else is missing', () => {
    expect(refusalOf({ NODE_ENV: 'production' }).map((line) => line.split(':')[0])).toEqual([
      'SERVICE_TOKEN',
      'OPERATOR_TOKENS',
      'MEMBER_DATA_KEYS',
      'MEMBER_HASH_KEY',
    ]);
  });

  it('are both given or neither', () => {
    expect(refusalOf({ MEMBER_DATA_KEYS: keys.MEMBER_DATA_KEYS })).toEqual([
      expect.stringContaining('MEMBER_HASH_KEY'),
    ]);
    expect(refusalOf({ MEMBER_HASH_KEY: KEY })).toEqual([
      expect.stringContaining('MEMBER_DATA_KEYS'),
    ]);
  });

  it.each([
    ['no id', KEY],
    ['an empty entry', `k1:${KEY},`],
    ['a short key', `k1:${Buffer.alloc(16).toString('base64')}`],
    ['a long key', `k1:${Buffer.alloc(33).toString('base64')}`],
    ['no base64', `k1:${'!'.repeat(44)}`],
    ['one id twice', `k1:${KEY},k1:${KEY}`],
    ['a strange id', `k 1:${KEY}`],
    ['too many', Array.from({ length: 21 }, (_, at) => `k${at}:${KEY}`).join(',')],
  ])('are refused with %s, and not repeated', (_what, dataKeys) => {
    const lines = refusalOf({ ...keys, MEMBER_DATA_KEYS: dataKeys });
    expect(lines).toEqual([expect.stringMatching(/^MEMBER_DATA_KEYS: must /)]);
    expect(lines.join()).not.toContain(KEY);
  });
});
