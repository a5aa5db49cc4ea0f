import { DeadlinePassed, GroupCommit, Overloaded } from '@onepoint/persistence';
import type { BatchObserver } from '@onepoint/persistence';
import { currentContext } from '@onepoint/platform';
import type { Deal } from '../domain/deal.ts';
import { PointUnavailable } from '../domain/point-gateway.ts';
import type { PointAnswer } from '../domain/point-gateway.ts';
import type { CalledDeal, PointClient } from './point-client.ts';

/** The call waited in its lane and was given up there: nothing was sent, and nothing said of Point. */
export class CallNotBegun extends PointUnavailable {
  constructor(options?: ErrorOptions) {
    super('not-sent', options);
  }
}

/** One kind's share of the way to Point. */
export interface CallLaneOptions {
  readonly name: string;
  readonly client: PointClient;
  /** Requests under way at once. */
  readonly requestsMax: number;
  /** Callers that may wait for a request; beyond it a call fails at once (the bulkhead's wall). */
  readonly callersMax: number;
  /** How long one caller waits at most, in milliseconds, from its call to its answer. */
  readonly budgetMs: number;
  readonly observe: BatchObserver;
}

/** Changes in one request at most: of 400 bytes at the longest, they fit a body of 64 KiB. */
const CHANGES_MAX = 160;
/**
 * While Point answers within this time, callers go together in the next request instead of spreading over several: each
 * costs Point a transaction. While it is slower, nobody waits for a request that is not his own.
 */
const PATIENCE_MS = 25;

/**
 * A bulkhead with natural batching: while a request is under way, the callers that come wait, and go
 * together in the next one. A flood in one lane fills this lane alone (P7).
 */
export class CallLane {
  private readonly requests: GroupCommit<CalledDeal, PointAnswer>;

  constructor(private readonly options: CallLaneOptions) {
    const { name, client, requestsMax, callersMax, observe } = options;
    this.requests = new GroupCommit<CalledDeal, PointAnswer>({
      name,
      batchMax: CHANGES_MAX,
      queueMax: callersMax,
      parallel: requestsMax,
      patienceMs: PATIENCE_MS,
      // A request that failed is not sent again in halves: its fate is unknown.
      isPoison: () => false,
      observe,
      run: async (deals) => {
        const answers = await client.apply(deals);
        return answers.map((value) =>
          value === null
            ? { ok: false as const, error: new PointUnavailable('unknown') }
            : { ok: true as const, value },
        );
      },
    });
  }

  /** Whether another caller would be turned away. */
  get full(): boolean {
    return this.requests.depth >= this.options.callersMax;
  }

  /** @throws PointUnavailable when there is no answer within the budget */
  async call(deal: Deal): Promise<PointAnswer> {
    const { budgetMs } = this.options;
    const called = { ...deal, origin: currentContext() };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      // A little after the queue's own deadline, which can tell that nothing was sent.
      timer = setTimeout(() => reject(new PointUnavailable('unknown')), budgetMs + 1);
    });
    try {
      return await Promise.race([this.requests.submit(called, { deadlineMs: budgetMs }), late]);
    } catch (error) {
      if (error instanceof DeadlinePassed || error instanceof Overloaded) {
        throw new CallNotBegun({ cause: error });
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
