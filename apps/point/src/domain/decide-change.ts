import type { PointAccount } from './point-account.ts';
import { signedPoints } from './point-change.ts';
import type { ChangeKind, ChangeReason, PointChange } from './point-change.ts';

/** What was decided once for a cause and stays so: the first answer is every later answer. */
export interface StandingDecision {
  readonly outcome: 'applied' | 'refused' | 'void' | 'tombstone';
  readonly delta: number;
}

/** What the rules make of a change. */
export type Decision =
  | { readonly outcome: 'applied'; readonly delta: number }
  | { readonly outcome: 'refused' | 'void' | 'waiting'; readonly reason: ChangeReason };

/** Everything a decision may look at. */
export interface DecisionFacts {
  /** null: Point does not know this member (yet). */
  readonly account: PointAccount | null;
  /** What became of the deal that a cancel names; null: nothing is known of it (yet). */
  readonly original: StandingDecision | null;
  /** True when a change has waited as long as it may: what is unknown now stays without effect. */
  readonly waitedEnough: boolean;
}

/**
 * Decides one change by the rules of the domain:
 * a use needs the balance and is refused at once otherwise; a cancel takes back exactly what its
 * original did, even below zero; a change for an unknown member, or a cancel that came before its
 * original, waits; on a closed account a use is refused and the rest is void.
 */
export function decideChange(change: PointChange, facts: DecisionFacts): Decision {
  const { account } = facts;
  if (account === null) return withoutAccount(change.kind, facts.waitedEnough);
  if (account.status === 'closed') return onClosedAccount(change.kind);
  if (isCancel(change.kind)) {
    if (facts.original === null) {
      return { outcome: facts.waitedEnough ? 'void' : 'waiting', reason: 'ORIGINAL_UNKNOWN' };
    }
    if (facts.original.outcome !== 'applied') {
      return { outcome: 'void', reason: 'ORIGINAL_WITHOUT_EFFECT' };
    }
  }
  const delta = signedPoints(change);
  if (change.kind === 'use' && account.balance < change.point) {
    return { outcome: 'refused', reason: 'INSUFFICIENT_POINTS' };
  }
  if (!Number.isSafeInteger(account.balance + delta)) {
    return { outcome: 'void', reason: 'BALANCE_LIMIT' };
  }
  return { outcome: 'applied', delta };
}

function isCancel(kind: ChangeKind): boolean {
  return kind === 'saveCancel' || kind === 'useCancel';
}

function withoutAccount(kind: ChangeKind, waitedEnough: boolean): Decision {
  if (kind === 'use') return { outcome: 'refused', reason: 'MEMBER_UNKNOWN' };
  return { outcome: waitedEnough ? 'void' : 'waiting', reason: 'MEMBER_UNKNOWN' };
}

function onClosedAccount(kind: ChangeKind): Decision {
  return { outcome: kind === 'use' ? 'refused' : 'void', reason: 'MEMBER_WITHDRAWN' };
}
