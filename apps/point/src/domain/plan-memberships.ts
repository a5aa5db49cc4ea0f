import type { LedgerEntry } from './ledger-entry.ts';
import type { LedgerPlan, PointFact } from './ledger-plan.ts';
import { withEntry } from './point-account.ts';
import type { PointAccount } from './point-account.ts';
import type { Origin } from './point-change.ts';

/** What Member says of a member. */
export interface MembershipChange {
  readonly memberId: number;
  readonly change: 'joined' | 'withdrawn';
  readonly origin?: Origin | undefined;
}

/** `unchanged`: heard before, or overtaken by the withdrawal. */
export type MembershipAnswer = 'opened' | 'closed' | 'unchanged';

/**
 * Opens and closes accounts. A withdrawal extinguishes what is left, in either direction, as a
 * ledger entry. A withdrawal that overtook its sign-up leaves a closed account behind, so that the
 * late sign-up opens nothing.
 */
export function planMemberships(
  changes: readonly MembershipChange[],
  standing: ReadonlyMap<number, PointAccount>,
  now: number,
): LedgerPlan<MembershipAnswer> {
  const accounts = new Map(standing);
  const changed = new Set<number>();
  const entries: LedgerEntry[] = [];
  const told: PointFact[] = [];
  const answers = changes.map(({ memberId, change }): MembershipAnswer => {
    const account = accounts.get(memberId);
    if (change === 'joined') {
      if (account) return 'unchanged';
      const opened: PointAccount = { memberId, balance: 0, status: 'open', sequence: 1 };
      accounts.set(memberId, opened);
      changed.add(memberId);
      told.push({ fact: 'opened', account: opened, at: now });
      return 'opened';
    }
    if (account?.status === 'closed') return 'unchanged';
    const closing = account ?? { memberId, balance: 0, status: 'open', sequence: 0 };
    const closed: PointAccount = { ...withEntry(closing, -closing.balance), status: 'closed' };
    accounts.set(memberId, closed);
    changed.add(memberId);
    entries.push(extinctionOf(closing, closed, now));
    told.push({ fact: 'extinguished', account: closed, point: closing.balance, at: now });
    return 'closed';
  });
  const touched = [...changed].map((memberId) => accounts.get(memberId)!);
  return {
    answers,
    entries,
    openedAccounts: touched.filter(({ memberId }) => !standing.has(memberId)),
    accounts: touched.filter(({ memberId }) => standing.has(memberId)),
    waiting: [],
    settled: [],
    facts: told,
  };
}

function extinctionOf(before: PointAccount, after: PointAccount, now: number): LedgerEntry {
  return {
    cause: 'withdrawal',
    causeId: before.memberId,
    memberId: before.memberId,
    kind: 'extinguish',
    outcome: 'applied',
    reason: null,
    delta: after.balance - before.balance,
    balanceAfter: after.balance,
    sequence: after.sequence,
    decidedAt: now,
  };
}
