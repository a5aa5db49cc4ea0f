import type { LedgerEntry } from './ledger-entry.ts';
import type { PointAccount } from './point-account.ts';
import type { ChangeOutcome, ChangeReason, PointChange } from './point-change.ts';

/** What the caller is told about its change. Asked again, it is told the same. */
export interface ChangeAnswer {
  readonly dealId: number;
  readonly outcome: ChangeOutcome;
  readonly reason: ChangeReason | null;
  /** Balance right after the change; null when there is no account. */
  readonly balance: number | null;
}

/** A change that has to wait for its member or for its original. */
export interface WaitingChange {
  readonly change: PointChange;
  readonly reason: ChangeReason;
}

/** What has become true and must be told to the other services, in this order. */
export type PointFact =
  | { readonly fact: 'opened'; readonly account: PointAccount; readonly at: number }
  | { readonly fact: 'changed'; readonly entry: LedgerEntry }
  | { readonly fact: 'waiting'; readonly waiting: WaitingChange; readonly at: number }
  | {
      readonly fact: 'extinguished';
      readonly account: PointAccount;
      readonly point: number;
      readonly at: number;
    };

/** What one transaction writes: all of it or nothing. */
export interface LedgerPlan<Answer> {
  /** One for each request, in its order. */
  readonly answers: readonly Answer[];
  readonly entries: readonly LedgerEntry[];
  /** Accounts that did not exist before, as they are afterwards. */
  readonly openedAccounts: readonly PointAccount[];
  /** The other accounts that changed, as they are afterwards. */
  readonly accounts: readonly PointAccount[];
  /** Changes that begin to wait. */
  readonly waiting: readonly WaitingChange[];
  /** Deals whose waiting is over. */
  readonly settled: readonly number[];
  readonly facts: readonly PointFact[];
}
