import type { ChangeKind, ChangeReason } from './point-change.ts';

/**
 * What an entry stands for. Together with the cause's id it is the ledger's key, so that a cause
 * can be entered once and never again (P2):
 *
 * - `deal`: the change a deal asked for, or the tombstone of a use that Deal gave up;
 * - `reversal`: what takes back the debit of a failed use;
 * - `forfeiture`: what a reversal gave back to an account that was closed meanwhile, extinguished;
 * - `withdrawal`: what was left when the member left, extinguished (its id is the member's).
 */
export type EntryCause = 'deal' | 'reversal' | 'forfeiture' | 'withdrawal';

/** One immutable line. Only `applied` lines move points; the others keep the decision. */
export interface LedgerEntry {
  readonly cause: EntryCause;
  readonly causeId: number;
  readonly memberId: number;
  readonly kind: ChangeKind | 'reversal' | 'extinguish';
  readonly outcome: 'applied' | 'refused' | 'void' | 'tombstone';
  readonly reason: ChangeReason | null;
  /** Signed points; 0 unless applied. */
  readonly delta: number;
  /** Balance after this line; null when there is no account. */
  readonly balanceAfter: number | null;
  /** Place in the account's history, from 1; null for decisions that are no part of it. */
  readonly sequence: number | null;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
}
