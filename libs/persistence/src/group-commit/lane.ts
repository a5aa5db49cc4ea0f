import { Fifo } from '../fifo.ts';

/** A job with the one who waits for its answer. Times are of the monotonic clock. */
export interface Waiting<Job, Result> {
  readonly job: Job;
  readonly submittedMs: number;
  /** Infinity when it may wait for ever. */
  readonly deadlineMs: number;
  readonly resolve: (value: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** One line of jobs whose batches run one after the other. */
export class Lane<Job, Result> {
  readonly waiting = new Fifo<Waiting<Job, Result>>();
  busy = false;

  /** The next jobs in their order, `batchMax` at most. */
  take(batchMax: number): Waiting<Job, Result>[] {
    const batch: Waiting<Job, Result>[] = [];
    while (batch.length < batchMax) {
      const next = this.waiting.shift();
      if (!next) break;
      batch.push(next);
    }
    return batch;
  }
}
