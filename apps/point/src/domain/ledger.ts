import type { LedgerEntry } from './ledger-entry.ts';
import type { ChangeAnswer } from './ledger-plan.ts';
import type { ArrivingChange } from './plan-changes.ts';
import type { MembershipAnswer, MembershipChange } from './plan-memberships.ts';
import type { FailedUse, ReversalAnswer } from './plan-reversals.ts';
import type { PointAccount } from './point-account.ts';

/** An account as it is shown, with the time of its last change (epoch milliseconds). */
export interface AccountView extends PointAccount {
  readonly updatedAt: number;
}

/** A page of an account's history, newest first. */
export interface EntryPage {
  readonly entries: readonly LedgerEntry[];
  /** The sequence to continue below; null at the end. */
  readonly nextBefore: number | null;
}

/**
 * Where accounts and their ledger are kept. Each method is one transaction that locks the accounts
 * it touches in ascending order, so that batches cannot deadlock, and writes the events with the
 * entries (saving is publishing).
 */
export abstract class Ledger {
  /** Applies a batch; one answer for each change, in order. */
  abstract apply(
    arriving: readonly ArrivingChange[],
    now: number,
  ): Promise<readonly ChangeAnswer[]>;

  /** Reverses or blocks the debits of uses that failed with an unknown outcome. */
  abstract reverse(failed: readonly FailedUse[], now: number): Promise<readonly ReversalAnswer[]>;

  /** Opens accounts for those who joined, closes those of members who left. */
  abstract changeMemberships(
    changes: readonly MembershipChange[],
    now: number,
  ): Promise<readonly MembershipAnswer[]>;

  /** Changes whose next try is due, oldest first, at most `max`. */
  abstract dueWaiting(now: number, max: number): Promise<readonly DueChange[]>;

  /** Puts the next try of changes that still wait to `nextTryAt`; one woken meanwhile stays due. */
  abstract postpone(tried: readonly DueChange[], nextTryAt: number): Promise<void>;

  abstract findAccount(memberId: number): Promise<AccountView | null>;

  /** The history below `before` (exclusive; null: from the newest), at most `limit` entries. */
  abstract entriesOf(memberId: number, before: number | null, limit: number): Promise<EntryPage>;
}

/** A waiting change with how long it has waited. */
export interface DueChange {
  readonly change: ArrivingChange['change'];
  /** Epoch milliseconds. */
  readonly since: number;
  readonly tries: number;
  /** When it was to be tried, as it stood when it was read (epoch milliseconds). */
  readonly dueAt: number;
}
