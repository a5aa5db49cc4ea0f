import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '../settings/settings-error.ts';
import { sampleSettings } from '../testing/sample-service.ts';
import { doorsPolicyOf, isLoopback, openDoors } from './doors-policy.ts';

const token = 't'.repeat(32);
const operators = `alice:${'a'.repeat(64)}:members`;

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    doorsPolicyOf(sampleSettings(env));
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.lines;
  }
}

describe('the doors', () => {
  it('are open on loopback, outside of production, with no secret configured', () => {
    expect(openDoors(sampleSettings())).toBe(true);
    expect(openDoors(sampleSettings({ ONEPOINT_HOST: '::1' }))).toBe(true);
  });

  it.each([{ NODE_ENV: 'production' }, { ONEPOINT_HOST: '0.0.0.0' }])(
    'refuse to stand open with %j',
    (env) => {
      const lines = linesOf(env);
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(/^SERVICE_TOKEN: is required /);
      expect(lines[1]).toMatch(/^OPERATOR_TOKENS: is required /);
    },
  );

  it('need both secrets once there is one', () => {
    expect(linesOf({ SERVICE_TOKEN: token })).toEqual([
      expect.stringMatching(/^OPERATOR_TOKENS: is required once one of the two is set/),
    ]);
    expect(linesOf({ OPERATOR_TOKENS: operators })).toEqual([
      expect.stringMatching(/^SERVICE_TOKEN: is required once one of the two is set/),
    ]);
  });

  it('are closed with both, wherever they are', () => {
    const both = { SERVICE_TOKEN: token, OPERATOR_TOKENS: operators };
    expect(openDoors(sampleSettings(both))).toBe(false);
    expect(openDoors(sampleSettings({ ...both, NODE_ENV: 'production' }))).toBe(false);
  });
});

describe('a loopback address', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '', '127.0.0.1.example.org', '10.127.0.0', 'localhost.example.org'])(
    'is not %j',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
