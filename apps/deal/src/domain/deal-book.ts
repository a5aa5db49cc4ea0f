import type { Deal, DealType } from './deal.ts';
import type { EndingDeal, PointNote } from './deal-end.ts';
import type { KeyedRequest } from './deal-request.ts';
import type { NetCancelRequest, NetCancelled } from './net-cancel.ts';

/** One request's own result: the refusal of one never touches another of its batch. */
export type OwnResult<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown };

/** A deal that was just recorded, or the first answer to a request that came again. */
export interface RecordedDeal {
  readonly deal: Deal;
  readonly replayed: boolean;
}

/** What deals are asked for; every field narrows. */
export interface DealFilter {
  readonly memberId?: number | undefined;
  readonly merchantId?: number | undefined;
  readonly type?: DealType | undefined;
  readonly status?: Deal['status'] | undefined;
  /** Inclusive, epoch milliseconds. */
  readonly from?: number | undefined;
  /** Exclusive, epoch milliseconds. */
  readonly to?: number | undefined;
  /** Only what comes after this deal: the last of the page before. */
  readonly before?: number | undefined;
}

/**
 * Where deals are kept. The writing methods take batches: one transaction each, with the events and
 * the kept answers of Idempotency-Keys in it (saving is publishing).
 */
export abstract class DealBook {
  /** Records requests: saves and cancels as successes, uses as pending. */
  abstract record(
    requests: readonly KeyedRequest[],
    now: number,
  ): Promise<readonly OwnResult<RecordedDeal>[]>;

  /**
   * Ends pending uses. A deal that was ended before keeps its first end, which is what is returned.
   */
  abstract end(ends: readonly EndingDeal[], now: number): Promise<readonly Deal[]>;

  /**
   * Takes a request back by its key; see {@link NetCancelled}. Throws `DEAL_NOT_CANCELLABLE` when the
   * key is that of a cancel.
   */
  abstract netCancel(request: NetCancelRequest, now: number): Promise<NetCancelled>;

  /**
   * Notes what became of deferred points (a deal that is applied or void stays so), and keeps the answers of keyed
   * requests as they are about to be given (a taken-back key stays so).
   */
  abstract notePoints(notes: readonly PointNote[]): Promise<void>;

  /** Turns the billing status of settled deals to `yes`; hearing of them twice is once. */
  abstract markSettled(dealIds: readonly number[]): Promise<void>;

  /** Uses that have been pending since before `startedBefore`, oldest first. */
  abstract pendingSince(startedBefore: number, max: number): Promise<readonly Deal[]>;

  abstract find(dealId: number): Promise<Deal | null>;

  /** Newest first, at most `limit`. */
  abstract list(filter: DealFilter, limit: number): Promise<readonly Deal[]>;
}
