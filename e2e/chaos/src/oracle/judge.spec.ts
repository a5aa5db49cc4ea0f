import { describe, expect, it } from '@jest/globals';
import { judge } from './judge.ts';
import { soundAttempts, soundFacts } from './test-facts.ts';
import type { FakeFacts } from './test-facts.ts';

type Attempts = ReturnType<typeof soundAttempts>;

/** What the oracle says of facts that were falsified in one place. */
function accusedAfter(falsify: (facts: FakeFacts, attempts: Attempts) => void): string[] {
  const [facts, attempts] = [soundFacts(), soundAttempts()];
  falsify(facts, attempts);
  return [...new Set(judge(facts, attempts).map(({ promise, rule }) => `${promise} ${rule}`))];
}

describe('the oracle', () => {
  it('finds nothing where everything is right', () => {
    expect(judge(soundFacts(), soundAttempts())).toEqual([]);
  });

  it('accepts a 503 that says when to come back', () => {
    const falsify = (_facts: FakeFacts, attempts: Attempts): unknown =>
      Object.assign(attempts[0]!, { end: 'unknown', status: 503, answer: null, retryAfter: '1' });
    expect(accusedAfter((facts, attempts) => void falsify(facts, attempts))).toEqual([]);
  });

  const falsehoods: [string, string, (facts: FakeFacts, attempts: Attempts) => void][] = [
    ['a balance that is off', 'P1', (facts) => (facts.accounts[0]!.balance += 1)],
    ['a ledger line that is gone', 'P1', (facts) => facts.entries.splice(1, 1)],
    ['a use below zero', 'P1', (facts) => (facts.entries[1]!.delta = -130)],
    ['a pending deal', 'P2', (facts) => (facts.deals[1]!.status = 'pending')],
    ['a deal without its entry', 'P2', (facts) => facts.entries.pop()],
    ['a failed deal that took points', 'P2', (facts) => (facts.deals[1]!.status = 'fail')],
    ['an entry of no deal', 'P2', (facts) => facts.deals.pop()],
    ['a cancel of another amount', 'P2', (facts) => (facts.deals[3]!.point = 19)],
    ['a change that waits', 'P2', (facts) => facts.waiting.push({ deal_id: 9, reason: 'X' })],
    ['an answered deal that is gone', 'P3', (facts) => facts.deals.shift()],
    ['an answer with other points', 'P3', (facts) => (facts.deals[0]!.point = 99)],
    [
      'a 500',
      'P3',
      (_facts, attempts) => Object.assign(attempts[0]!, { end: 'unknown', status: 500 }),
    ],
    [
      'two effective deals of one operation',
      'P3',
      (facts) => (facts.deals[2]!.deal_amount = 1_002),
    ],
    ['a deal that nobody asked for', 'P3', (_facts, attempts) => attempts.pop()],
    [
      'a 503 whose deal did not fail',
      'P3',
      (_facts, attempts) =>
        Object.assign(attempts[1]!, { end: 'failed', status: 503, answer: { dealId: 2 } }),
    ],
    ...['0', '1.5', 'soon', null].map((retryAfter): (typeof falsehoods)[number] => [
      `a 503 to be tried again after ${retryAfter}`,
      'P14',
      (_facts, attempts) =>
        Object.assign(attempts[0]!, { end: 'unknown', status: 503, answer: null, retryAfter }),
    ]),
    [
      'a deal that was taken back and stands',
      'P3',
      (_facts, attempts) =>
        attempts.push({
          ...attempts[1]!,
          intent: 'takeBack',
          key: null,
          body: { idempotencyKey: 'key-2' },
        }),
    ],
    [
      'two deals under one key',
      'P3',
      (_facts, attempts) => Object.assign(attempts[2]!, { key: attempts[1]!.key }),
    ],
    ['a line that Billing missed', 'P4', (facts) => facts.lines.pop()],
    ['a deal that the dashboard missed', 'P4', (facts) => facts.shownDeals.pop()],
    ['a total counted twice', 'P4', (facts) => (facts.shownTotals[0]!.deals += 1)],
    ['a balance shown late', 'P4', (facts) => facts.shownEntries.pop()],
    ['an account shown as closed', 'P4', (facts) => (facts.shownBalances[0]!.closed_at = 1)],
    [
      'a settled deal that Deal does not know of',
      'P4',
      (facts) => (facts.deals[1]!.billing_status = 'no'),
    ],
    [
      'a member without an account',
      'P5',
      (facts) => facts.members.push({ id: 2, status: 'valid' }),
    ],
    ['an account left open', 'P5', (facts) => (facts.members[0]!.status = 'withdrawn')],
    ['a line in no run', 'P9', (facts) => (facts.billings[0]!.settled_through = 2)],
    [
      'a line in two runs',
      'P9',
      (facts) => facts.runs.push({ ...facts.runs[0]!, id: 2, run_no: 2 }),
    ],
    ['a run that adds up wrong', 'P9', (facts) => (facts.runs[0]!.net_points = 31)],
  ];

  it.each(falsehoods)('accuses %s of breaking %s', (_what, promise, falsify) => {
    expect(accusedAfter(falsify)).toContainEqual(expect.stringMatching(`^${promise} `));
  });
});
