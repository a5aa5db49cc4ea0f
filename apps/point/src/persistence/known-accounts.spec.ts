import { describe, expect, it } from '@jest/globals';
import type { PointAccount } from '../domain/point-account.ts';
import { KnownAccounts } from './known-accounts.ts';

const KNOWN_MAX = 50_000;

function account(memberId: number, sequence: number): PointAccount {
  return { memberId, balance: 100 - sequence, status: 'open', sequence };
}

describe('accounts that are known', () => {
  it('are given all together, or not at all', () => {
    const known = new KnownAccounts();
    known.remember([account(1, 1), account(2, 1)]);
    expect([...(known.of([2, 1])?.keys() ?? [])]).toEqual([2, 1]);
    expect(known.of([1, 3])).toBeNull();
  });

  it('never become older, in whatever order commits are heard of', () => {
    const known = new KnownAccounts();
    known.remember([account(1, 3)]);
    known.remember([account(1, 2)]);
    expect(known.of([1])?.get(1)).toEqual(account(1, 3));
    known.remember([account(1, 4)]);
    expect(known.of([1])?.get(1)).toEqual(account(1, 4));
  });

  it('are bounded: those that were remembered longest ago go first', () => {
    const known = new KnownAccounts();
    known.remember(Array.from({ length: KNOWN_MAX }, (_, place) => account(place, 1)));
    known.remember([account(0, 2), account(KNOWN_MAX, 1)]);
    expect(known.of([0, 2, KNOWN_MAX])).not.toBeNull();
    expect(known.of([1])).toBeNull();
  });
});
