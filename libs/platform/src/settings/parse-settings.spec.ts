import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseSettings } from './parse-settings.ts';
import { processSettingsSchema } from './process-settings.ts';
import { SettingsError } from './settings-error.ts';

const parse = (env: Record<string, string | undefined>) =>
  parseSettings(processSettingsSchema, env);

function linesOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.lines;
  }
}

describe('settings', () => {
  it('need nothing on a developer’s machine', () => {
    expect(parse({})).toEqual({
      NODE_ENV: 'development',
      ONEPOINT_HOST: '127.0.0.1',
      ONEPOINT_DATA: '.onepoint',
      MYSQL_URL: 'mysql://root@127.0.0.1:3306',
      MYSQL_DATABASE_PREFIX: 'onepoint_',
      RABBITMQ_URL: 'amqp://guest:guest@127.0.0.1:5672',
      EVENTS_NAMESPACE: 'onepoint',
      EVENTS_PER_MESSAGE_MAX: 200,
      BUSINESS_TIME_ZONE: 'Asia/Seoul',
      LOG_LEVEL: 'info',
      DRAIN_MS: 0,
      HTTP_IN_HAND_MAX: 400,
      IDEMPOTENCY_KEEP_MS: 172_800_000,
      OPERATOR_TOKENS: [],
      OUTBOX_KEEP_MS: 34_560_000_000,
      POINT_PORT: 8081,
      MEMBER_PORT: 8082,
      DASHBOARD_PORT: 8083,
      BILLING_PORT: 8084,
      DEAL_PORT: 8085,
      POINT_URL: 'http://127.0.0.1:8081',
      DEAL_URL: 'http://127.0.0.1:8085',
    });
  });

  it('take blank for absent, trim, and ignore what they do not know', () => {
    const settings = parse({ ONEPOINT_HOST: '  ', DEAL_PORT: ' 9085 ', HOME: '/root' });
    expect(settings.ONEPOINT_HOST).toBe('127.0.0.1');
    expect(settings.DEAL_PORT).toBe(9085);
    expect(settings).not.toHaveProperty('HOME');
  });

  it('find a service on its configured port', () => {
    const settings = parse({ POINT_PORT: '9081', DEAL_PORT: '9085', DEAL_URL: 'http://deal:80' });
    expect(settings.POINT_URL).toBe('http://127.0.0.1:9081');
    expect(settings.DEAL_URL).toBe('http://deal:80');
  });

  it('drain for five seconds in production', () => {
    expect(parse({ NODE_ENV: 'production' }).DRAIN_MS).toBe(5_000);
    expect(parse({ NODE_ENV: 'production', DRAIN_MS: '0' }).DRAIN_MS).toBe(0);
  });

  it('read operators', () => {
    const { OPERATOR_TOKENS: operators } = parse({
      OPERATOR_TOKENS: `alice:${'A'.repeat(64)}:members+settlement, bob:${'b'.repeat(64)}:dashboard`,
    });
    expect(operators).toEqual([
      { name: 'alice', hash: 'a'.repeat(64), scopes: ['members', 'settlement'] },
      { name: 'bob', hash: 'b'.repeat(64), scopes: ['dashboard'] },
    ]);
  });

  it('cannot be changed afterwards, however deep', () => {
    const settings = parse({ OPERATOR_TOKENS: `alice:${'a'.repeat(64)}:members` });
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.OPERATOR_TOKENS[0]?.scopes)).toBe(true);
  });
});

describe('wrong settings', () => {
  const planted = 'hunter2-planted-secret';
  const wrong: [string, string][] = [
    ['NODE_ENV', planted],
    ['ONEPOINT_HOST', `${planted} !`],
    ['MYSQL_URL', `postgres://root:${planted}@db`],
    ['MYSQL_DATABASE_PREFIX', `${planted};drop`],
    ['RABBITMQ_URL', `amqp:${planted}`],
    ['EVENTS_NAMESPACE', `${planted}.x`],
    ['BUSINESS_TIME_ZONE', planted],
    ['LOG_LEVEL', planted],
    ['DRAIN_MS', planted],
    ['DRAIN_MS', '60001'],
    ['SERVICE_TOKEN', planted],
    ['OPERATOR_TOKENS', `alice:${planted}:members`],
    ['OPERATOR_TOKENS', `alice:${'a'.repeat(64)}:everything`],
    ['POINT_PORT', '65536'],
    ['POINT_PORT', '80.5'],
    ['POINT_URL', planted],
  ];
  it.each(wrong)('%s is named, and its value is not (%#)', (name, value) => {
    const lines = linesOf(() => parse({ [name]: value }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: [a-z0-9]`));
    expect(lines.join()).not.toContain(planted);
  });

  it('are all named at once', () => {
    const lines = linesOf(() => parse({ POINT_PORT: 'x', LOG_LEVEL: 'loud', NODE_ENV: 'prod' }));
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'NODE_ENV',
      'POINT_PORT',
    ]);
  });

  it('say what a service itself requires', () => {
    const schema = processSettingsSchema.extend({ MEMBER_KEY: z.string() });
    expect(linesOf(() => parseSettings(schema, {}))).toEqual(['MEMBER_KEY: is required']);
  });
});
