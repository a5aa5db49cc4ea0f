import { Injectable } from '@nestjs/common';
import { Crowd, GroupCommit } from '@onepoint/persistence';
import { Clock, Metrics, batchObserver, currentContext } from '@onepoint/platform';
import type { Deal } from '../domain/deal.ts';
import { DealBook } from '../domain/deal-book.ts';
import type { RecordedDeal } from '../domain/deal-book.ts';
import type { DealRequest, KeyedRequest } from '../domain/deal-request.ts';

/** Requests of one transaction at most. */
const BATCH_MAX = 256;
/** Requests that may wait for their transaction; beyond it callers are told to come back (P14). */
const QUEUE_MAX = 5_000;
/**
 * A save or use that has waited so long for its transaction to begin is refused: nothing was done
 * (P14). Not a cancel: a flood of them is accepted in full (P6), and the queue bounds it.
 */
const WAIT_MAX_MS = 1_000;
/** Requests that come together here stay together on their whole way: to Point, through it, and to their end. */
const GATHER_MS = 3;
/**
 * Two groups take turns: while one is here, the other is on its way through Point or gets its answers. Three keep the
 * machine no busier and cost a sixth more, one leaves half of it idle. A slow machine takes longer than 3 ms to bring the
 * last of 32 back, and a smaller group costs as much: in a crowd that makes two groups, 12 ms (docs/performance.md).
 */
const GROUPS = { groups: 2, groupMin: 16, groupWaitMs: 12 };

/** Gathers the requests that arrive at the same time into one transaction (group commit). */
@Injectable()
export class RecordDeals {
  private readonly commits: GroupCommit<KeyedRequest, RecordedDeal>;
  /** A flood of cancels fills transactions of its own: uses wait for none of them (P7). */
  private readonly crowds = [new Crowd(GROUPS), new Crowd(GROUPS)] as const;

  constructor(book: DealBook, clock: Clock, metrics: Metrics) {
    this.commits = new GroupCommit<KeyedRequest, RecordedDeal>({
      name: 'deal-records',
      batchMax: BATCH_MAX,
      queueMax: QUEUE_MAX,
      lanes: this.crowds.length,
      laneOf: ({ request }) => laneOf(request),
      crowds: this.crowds,
      gatherMs: GATHER_MS,
      run: (requests) => book.record(requests, clock.now()),
      observe: batchObserver(metrics),
    });
  }

  /**
   * Records one request and brings it on its way, unless it was recorded before: then its answer is the one that it got.
   * Throws the request's own `DealError`, `Overloaded` or `DeadlinePassed`, or what `onward` throws.
   */
  record(request: KeyedRequest, onward: (deal: Deal) => Promise<Deal>): Promise<RecordedDeal> {
    return this.crowds[laneOf(request.request)].pass(async () => {
      const recorded = await this.submit(request);
      return recorded.replayed ? recorded : { deal: await onward(recorded.deal), replayed: false };
    });
  }

  private submit(request: KeyedRequest): Promise<RecordedDeal> {
    // The batch runs outside of any call: each request brings its own.
    const job = { ...request, origin: currentContext() };
    return this.commits.submit(job, isCancel(request.request) ? {} : { deadlineMs: WAIT_MAX_MS });
  }
}

function laneOf(request: DealRequest): 0 | 1 {
  return isCancel(request) ? 1 : 0;
}

function isCancel({ kind }: DealRequest): boolean {
  return kind === 'cancel' || kind === 'cancelNewest';
}
