import type { BatchObserver } from './batch-observer.ts';
import type { Crowd } from './crowd.ts';
import type { Settled } from './settle-batch.ts';

/** How a `GroupCommit` works. */
export interface GroupCommitOptions<Job, Result> {
  /** For messages and metrics. */
  readonly name: string;
  /** Jobs in one call of `run` at most, from 1. */
  readonly batchMax: number;
  /** Jobs that wait at most, over all lanes, from 1; one more is refused with `Overloaded`. */
  readonly queueMax: number;
  /** Lines of their own (default 1), which wait for nothing of each other; see {@link laneOf}. */
  readonly lanes?: number;
  /** A whole number ≥ 0 that says the lane of a job, modulo `lanes`; default: all in the first. */
  readonly laneOf?: (job: Job) => number;
  /** Batches of one lane under way at once (default 1: jobs of a lane run in the order they came). */
  readonly parallel?: number;
  /**
   * While batches end within this time (milliseconds, default 0), everybody waits for the one under way and goes together
   * in the next. Where one takes longer, another begins beside it, and as long as they do nobody waits for another's.
   */
  readonly patienceMs?: number;
  /**
   * While more than one came with the batch before, the next one waits so long for others (milliseconds, default 0): a
   * crowd shares fewer, larger transactions, each of which costs the machine far more than one more job in it. Whoever
   * comes alone waits for nobody.
   */
  readonly gatherMs?: number;
  /**
   * For each lane those of whom its jobs are some, where they go on from here to other batches: a batch is one group of
   * them at most, and nobody waits for others once a group is complete, nor longer than `gatherMs` or what its crowd says.
   * Default: `batchMax` is the only bound.
   */
  readonly crowds?: readonly Crowd[];
  /**
   * Does all jobs in one transaction and says each one's outcome, in their order. If it rejects,
   * nothing may have been done: the jobs may be run again in smaller batches.
   */
  readonly run: (jobs: readonly Job[]) => Promise<readonly Settled<Result>[]>;
  /** Whether one job may be at fault; default: everything but `isDatabaseAway` and `Overloaded`. */
  readonly isPoison?: (error: unknown) => boolean;
  readonly observe?: BatchObserver;
}
