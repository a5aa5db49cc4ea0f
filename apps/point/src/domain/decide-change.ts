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
  if (isCancel(change.kind)) return onOriginal(account, facts);
  if (change.kind === 'use' && account.balance < change.point) {
    return { outcome: 'refused', reason: 'INSUFFICIENT_POINTS' };
  }
  return withinLimit(account, signedPoints(change));
}

function isCancel(kind: ChangeKind): boolean {
  return kind === 'saveCancel' || kind === 'useCancel';
}

/** The original's own entry says what is taken back; what the cancel says of it is not asked. */
function onOriginal(account: PointAccount, { original, waitedEnough }: DecisionFacts): Decision {
  if (original === null) {
    return { outcome: waitedEnough ? 'void' : 'waiting', reason: 'ORIGINAL_UNKNOWN' };
  }
  if (original.outcome !== 'applied') {
    return { outcome: 'void', reason: 'ORIGINAL_WITHOUT_EFFECT' };
  }
  return withinLimit(account, 0 - original.delta);
}

function withinLimit(account: PointAccount, delta: number): Decision {
  return Number.isSafeInteger(account.balance + delta)
    ? { outcome: 'applied', delta }
    : { outcome: 'void', reason: 'BALANCE_LIMIT' };
}

function withoutAccount(kind: ChangeKind, waitedEnough: boolean): Decision {
  if (kind === 'use') return { outcome: 'refused', reason: 'MEMBER_UNKNOWN' };
  return { outcome: waitedEnough ? 'void' : 'waiting', reason: 'MEMBER_UNKNOWN' };
}

function onClosedAccount(kind: ChangeKind): Decision {
  return { outcome: kind === 'use' ? 'refused' : 'void', reason: 'MEMBER_WITHDRAWN' };
}
