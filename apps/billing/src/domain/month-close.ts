import type { BillingTotals } from './billing-totals.ts';

/** How one merchant's month came out. */
export type CloseOutcome =
  /** A run was made. */
  | 'settled'
  /** There was nothing that an earlier run had not settled. */
  | 'unchanged'
  /** It could not be settled; the code says why. */
  | 'problem';

/** What became of one merchant. */
export interface ClosedMerchant {
  readonly merchantId: number;
  readonly outcome: CloseOutcome;
  /** Why, for a problem; else null. */
  readonly code: string | null;
}

/** How far the close of a month has come. Times are epoch milliseconds. */
export interface CloseProgress {
  readonly billingMonth: string;
  readonly state: 'running' | 'done';
  /** How often it was begun: asked again after it was done, it does what was left or has come since. */
  readonly passNo: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly merchants: number;
  readonly waiting: number;
  readonly settled: number;
  readonly unchanged: number;
  readonly problems: number;
  /** Why the list of merchants is not complete: Deal could not be asked for it. Else null. */
  readonly code: string | null;
  /** The first merchants with a problem, {@link PROBLEMS_SHOWN} at most. */
  readonly problemsOf: readonly ClosedMerchant[];
  /** What the billings of the month come to now. */
  readonly totals: Pick<BillingTotals, 'netPoints' | 'billingAmount' | 'net'>;
}

/** Problems that a progress names; the rest is counted. */
export const PROBLEMS_SHOWN = 100;

/** The right to work on a close, until it runs out. */
export interface CloseLease {
  readonly billingMonth: string;
  readonly owner: string;
}

/** Where closes and their progress are kept, so that any process can carry on with them. */
export abstract class Closes {
  /**
   * Begins to close a month, or begins again when it is done and something was left or has come
   * since; otherwise it is the close that it was.
   */
  abstract begin(billingMonth: string, now: number): Promise<void>;

  abstract progressOf(billingMonth: string): Promise<CloseProgress | null>;

  /** Takes a running close that nobody works on; null when there is none. */
  abstract take(owner: string, now: number, untilMs: number): Promise<CloseLease | null>;

  /** Keeps the right to it; false when another process has taken it over. */
  abstract keep(lease: CloseLease, untilMs: number): Promise<boolean>;

  /** Puts merchants on the list that are not on it yet. */
  abstract list(billingMonth: string, merchantIds: readonly number[]): Promise<void>;

  /** Merchants still to be settled, ascending, behind `after`, up to and with `through`. */
  abstract waiting(
    billingMonth: string,
    after: number,
    through: number | null,
    limit: number,
  ): Promise<readonly number[]>;

  abstract note(
    billingMonth: string,
    outcomes: readonly ClosedMerchant[],
    now: number,
  ): Promise<void>;

  /** Ends it; merchants that still wait are noted with `code`, the reason why it could not go on. */
  abstract finish(lease: CloseLease, code: string | null, now: number): Promise<void>;
}
