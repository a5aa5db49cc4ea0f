import { describe, expect, it } from '@jest/globals';
import { decideChange } from './decide-change.ts';
import type { DecisionFacts } from './decide-change.ts';
import type { PointAccount } from './point-account.ts';
import type { ChangeKind, PointChange } from './point-change.ts';

const account = (balance: number, status: PointAccount['status'] = 'open'): PointAccount => ({
  memberId: 1,
  balance,
  status,
  sequence: 1,
});
const change = (kind: ChangeKind, point: number): PointChange => ({
  dealId: 7,
  memberId: 1,
  kind,
  point,
  originalDealId: kind === 'saveCancel' || kind === 'useCancel' ? 6 : null,
});
const facts = (known: Partial<DecisionFacts>): DecisionFacts => ({
  account: account(0),
  original: null,
  waitedEnough: false,
  ...known,
});
const applied = (delta: number) => ({ outcome: 'applied' as const, delta });

describe('a change of an open account', () => {
  it('is a use when the balance covers it, to the last point and not one more', () => {
    expect(decideChange(change('use', 100), facts({ account: account(100) }))).toEqual({
      outcome: 'applied',
      delta: -100,
    });
    expect(decideChange(change('use', 101), facts({ account: account(100) }))).toEqual({
      outcome: 'refused',
      reason: 'INSUFFICIENT_POINTS',
    });
  });

  it('is never a use while the balance is below zero', () => {
    expect(decideChange(change('use', 1), facts({ account: account(-5) })).outcome).toBe('refused');
  });

  it('is a cancelled save though its points were spent, down below zero', () => {
    expect(
      decideChange(
        change('saveCancel', 100),
        facts({ account: account(30), original: applied(100) }),
      ),
    ).toEqual({ outcome: 'applied', delta: -100 });
  });

  it('takes back what the original did, whatever the cancel says of it', () => {
    expect(
      decideChange(change('saveCancel', 90), facts({ account: account(0), original: applied(70) })),
    ).toEqual({ outcome: 'applied', delta: -70 });
    expect(
      decideChange(change('useCancel', 90), facts({ account: account(0), original: applied(-70) })),
    ).toEqual({ outcome: 'applied', delta: 70 });
  });

  it('knows one zero', () => {
    const nothing = decideChange(change('saveCancel', 0), facts({ original: applied(0) }));
    expect(nothing).toEqual({ outcome: 'applied', delta: 0 });
    expect(Object.is('delta' in nothing && nothing.delta, 0)).toBe(true);
  });

  it('is void when its original moved nothing', () => {
    for (const outcome of ['refused', 'void', 'tombstone'] as const) {
      expect(
        decideChange(change('useCancel', 5), facts({ original: { outcome, delta: 0 } })),
      ).toEqual({ outcome: 'void', reason: 'ORIGINAL_WITHOUT_EFFECT' });
    }
  });

  it('waits for an original that has not come, but not for ever', () => {
    const unknown = { reason: 'ORIGINAL_UNKNOWN' };
    expect(decideChange(change('saveCancel', 5), facts({}))).toEqual({
      outcome: 'waiting',
      ...unknown,
    });
    expect(decideChange(change('saveCancel', 5), facts({ waitedEnough: true }))).toEqual({
      outcome: 'void',
      ...unknown,
    });
  });

  it('never leaves the range of exact integers, in either direction', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(decideChange(change('save', 1), facts({ account: account(most) }))).toEqual({
      outcome: 'void',
      reason: 'BALANCE_LIMIT',
    });
    expect(
      decideChange(
        change('saveCancel', 1),
        facts({ account: account(-most), original: applied(1) }),
      ),
    ).toEqual({ outcome: 'void', reason: 'BALANCE_LIMIT' });
    expect(decideChange(change('save', 0), facts({ account: account(most) }))).toEqual(applied(0));
  });
});

describe('a change of no account', () => {
  it('is refused when it is a use, and waits otherwise', () => {
    for (const kind of ['use', 'save', 'saveCancel', 'useCancel'] as const) {
      expect(decideChange(change(kind, 1), facts({ account: null }))).toEqual({
        outcome: kind === 'use' ? 'refused' : 'waiting',
        reason: 'MEMBER_UNKNOWN',
      });
    }
  });

  it('is void once it has waited as long as it may', () => {
    expect(decideChange(change('save', 1), facts({ account: null, waitedEnough: true }))).toEqual({
      outcome: 'void',
      reason: 'MEMBER_UNKNOWN',
    });
  });
});

describe('a change of a closed account', () => {
  it('is refused when it is a use, and void otherwise', () => {
    for (const kind of ['use', 'save', 'saveCancel', 'useCancel'] as const) {
      const closed = facts({ account: account(0, 'closed'), original: applied(1) });
      expect(decideChange(change(kind, 1), closed)).toEqual({
        outcome: kind === 'use' ? 'refused' : 'void',
        reason: 'MEMBER_WITHDRAWN',
      });
    }
  });
});
