import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IdempotencyKeyReused } from './idempotency.errors.ts';
import { claimIdOf, fingerprintOf } from './key-claim.ts';
import type { KeptKey } from './key-claim.ts';
import { replayOf } from './replay-of.ts';

const route = 'POST /deals';

/** The same value with the members of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const turned = Object.entries(value).reverse();
  return Object.fromEntries(turned.map(([name, member]) => [name, reversed(member)]));
}

describe('a fingerprint', () => {
  it('is the same whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(fingerprintOf({ route, body: reversed(body) })).toBe(fingerprintOf({ route, body }));
      }),
    );
  });

  it('stays what it was when a key was kept by an older release', () => {
    const body = { type: 'use', memberId: 7, nothing: undefined, list: [1, { b: null, a: 'é"' }] };
    expect(fingerprintOf({ route, body })).toBe(
      'f1a84432e0e3a0a5af9743ff967aaa1d0dbd0b43ba2c75c544a9e26624a34a80',
    );
  });

  it('tells routes, values, types and the order of lists apart', () => {
    const bodies = [
      null,
      1,
      '1',
      true,
      [1, 2],
      [2, 1],
      { a: 1 },
      { a: '1' },
      { b: 1 },
      { a: { b: 1 } },
    ];
    const prints = [
      ...bodies.map((body) => fingerprintOf({ route, body })),
      fingerprintOf({ route: 'POST /deals/1/cancel', body: null }),
      fingerprintOf({ route, body: JSON.parse('{"__proto__":{"a":1}}') as unknown }),
      fingerprintOf({ route, body: {} }),
    ];
    expect(new Set(prints).size).toBe(prints.length);
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a kept key', () => {
  const kept: KeptKey = {
    caller: 'merchant:1',
    key: 'k',
    fingerprint: fingerprintOf({ route, body: 1 }),
    subjectId: null,
    status: null,
    body: null,
  };

  it('is filed under its caller and its key', () => {
    expect(claimIdOf(kept)).toBe('merchant:1\0k');
  });

  it('is running until it has an answer, then gives that', () => {
    expect(replayOf(kept, kept)).toBe('running');
    const answered = { ...kept, status: 201, body: { id: 1 } };
    expect(replayOf(answered, kept)).toEqual({ status: 201, body: { id: 1 } });
  });

  it('refuses another request', () => {
    const other = { fingerprint: fingerprintOf({ route, body: 2 }) };
    expect(() => replayOf(kept, other)).toThrow(IdempotencyKeyReused);
  });
});
