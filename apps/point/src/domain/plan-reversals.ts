import type { LedgerEntry } from './ledger-entry.ts';
import type { LedgerPlan, PointFact } from './ledger-plan.ts';
import { withEntry } from './point-account.ts';
import type { PointAccount } from './point-account.ts';
import type { ArrivingChange, LedgerFacts } from './plan-changes.ts';

/** A use that Deal gave up without knowing whether its debit had happened. */
export interface FailedUse {
  readonly dealId: number;
  readonly memberId: number;
  readonly point: number;
}

/** What became of the debit of a failed use. */
export type ReversalAnswer = 'tombstone' | 'reversed' | 'nothing-to-reverse';

/** {@link LedgerFacts}, and the deals that have been reversed before. */
export interface ReversalFacts extends LedgerFacts {
  readonly reversed: ReadonlySet<number>;
}

/**
 * Makes sure that a failed use takes no point (P3), whatever happened to its debit:
 * if it was applied, it is reversed, once; if it never came, a tombstone refuses it for ever.
 * Points given back to an account that was closed meanwhile are extinguished at once.
 */
export function planReversals(
  failed: readonly FailedUse[],
  facts: ReversalFacts,
  now: number,
): LedgerPlan<ReversalAnswer> {
  const accounts = new Map(facts.accounts);
  const dealEntries = new Map(facts.dealEntries);
  const reversed = new Set(facts.reversed);
  const changed = new Set<number>();
  const entries: LedgerEntry[] = [];
  const told: PointFact[] = [];

  const enter = (entry: LedgerEntry, account: PointAccount): PointAccount => {
    const after = withEntry(account, entry.delta);
    const line = { ...entry, balanceAfter: after.balance, sequence: after.sequence };
    entries.push(line);
    accounts.set(after.memberId, after);
    changed.add(after.memberId);
    if (line.cause === 'reversal') told.push({ fact: 'changed', entry: line });
    else told.push({ fact: 'extinguished', account: after, point: -line.delta, at: now });
    return after;
  };

  const answers = failed.map((use): ReversalAnswer => {
    const standing = dealEntries.get(use.dealId);
    if (standing === undefined) {
      const tombstone = tombstoneOf(use, now);
      entries.push(tombstone);
      dealEntries.set(use.dealId, tombstone);
      return 'tombstone';
    }
    const account = accounts.get(use.memberId);
    if (standing.outcome !== 'applied' || reversed.has(use.dealId) || !account) {
      return 'nothing-to-reverse';
    }
    reversed.add(use.dealId);
    const back = -standing.delta;
    const after = enter(lineOf(use, 'reversal', back, now), account);
    if (after.status === 'closed') enter(lineOf(use, 'forfeiture', -back, now), after);
    return 'reversed';
  });
  return {
    answers,
    entries,
    openedAccounts: [],
    accounts: [...changed].map((memberId) => accounts.get(memberId)!),
    waiting: [],
    settled: [],
    facts: told,
  };
}

/** The use as an arriving change: what a late request for it would look like. */
export function lateRequestOf(use: FailedUse): ArrivingChange {
  const change = { ...use, kind: 'use' as const, originalDealId: null };
  return { change, hasWaited: false, waitedEnough: false };
}

function tombstoneOf(use: FailedUse, now: number): LedgerEntry {
  return {
    ...lineOf(use, 'reversal', 0, now),
    cause: 'deal',
    kind: 'use',
    outcome: 'tombstone',
    reason: 'DEAL_FAILED',
  };
}

function lineOf(
  use: FailedUse,
  cause: 'reversal' | 'forfeiture',
  delta: number,
  now: number,
): LedgerEntry {
  return {
    cause,
    causeId: use.dealId,
    memberId: use.memberId,
    kind: cause === 'reversal' ? 'reversal' : 'extinguish',
    outcome: 'applied',
    reason: null,
    delta,
    balanceAfter: null,
    sequence: null,
    decidedAt: now,
  };
}
