import { describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable } from './database-unavailable.ts';
import { failureKindOf, fromDriver } from './engine-errors.ts';
import { isDatabaseAway } from './is-database-away.ts';
import { isDuplicateKey } from './is-duplicate-key.ts';

const thrown = (fields: object): unknown =>
  fromDriver(Object.assign(new Error('said'), fields), 'SELECT');

describe('an error of a database', () => {
  it.each([
    ['contention', { errno: 1213, code: 'ER_LOCK_DEADLOCK' }],
    ['contention', { errno: 1205, code: 'ER_LOCK_WAIT_TIMEOUT' }],
    ['contention', { errno: 1020, code: 'ER_CHECKREAD' }],
    ['contention', { code: 'SQLITE_BUSY_SNAPSHOT' }],
    ['duplicate', { errno: 1062, code: 'ER_DUP_ENTRY' }],
    ['duplicate', { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }],
    ['refused', { code: 'SQLITE_CONSTRAINT_NOTNULL' }],
    ['refused', { errno: 1054, code: 'ER_BAD_FIELD_ERROR' }],
    ['away', { code: 'ECONNREFUSED', errno: -111 }],
    ['away', { code: 'PROTOCOL_CONNECTION_LOST' }],
    ['away', { code: 'PROTOCOL_SEQUENCE_TIMEOUT' }],
    ['away', { errno: 1053, code: 'ER_SERVER_SHUTDOWN' }],
    ['away', { errno: 1040, code: 'ER_CON_COUNT_ERROR' }],
    ['away', { fatal: true }],
    ['away', { code: 'SQLITE_IOERR_WRITE' }],
    ['away', { code: 'SQLITE_FULL' }],
  ])('is %s: %j', (kind, fields) => {
    const error = thrown(fields);
    expect(failureKindOf(error)).toBe(kind);
    expect(failureKindOf(new Error('outer', { cause: error }))).toBe(kind);
    expect([isDatabaseAway(error), isDuplicateKey(error)]).toEqual([
      kind === 'away',
      kind === 'duplicate',
    ]);
  });

  it('is told from errors of other doors with the same codes', () => {
    const fetchFailed = new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    });
    expect([
      isDatabaseAway(fetchFailed),
      isDatabaseAway(null),
      isDatabaseAway('ETIMEDOUT'),
    ]).toEqual([false, false, false]);
  });

  it('is found without end in a ring of causes', () => {
    const ring = new Error('ring');
    ring.cause = ring;
    expect(isDatabaseAway(ring)).toBe(false);
    expect(isDatabaseAway(new DatabaseUnavailable('gone'))).toBe(true);
  });
});
