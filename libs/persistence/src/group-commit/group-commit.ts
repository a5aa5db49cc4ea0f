import { AsyncResource } from 'node:async_hooks';
import { isDatabaseAway } from '../errors/is-database-away.ts';
import type { GroupCommitOptions } from './group-commit-options.ts';
import { Lane } from './lane.ts';
import type { Waiting } from './lane.ts';
import { DeadlinePassed, Overloaded } from './overloaded.ts';
import { settleBatch } from './settle-batch.ts';
import type { BatchRunner } from './settle-batch.ts';

/** Deadlines are looked at no more often than this: a sweep walks over everything that waits. */
const SWEEP_PAUSE_MS = 10;

/**
 * Natural batching: while one batch is under way, the jobs that arrive wait; when it ends, all of
 * them go together in the next. A lone job waits for nobody, and a crowd shares one commit.
 */
export class GroupCommit<Job, Result> {
  private readonly lanes: readonly Lane<Job, Result>[];
  private readonly runner: BatchRunner<Job, Result>;
  /**
   * Batches run in the asynchronous context in which this was made, not in the one of whichever
   * request came first: its transaction scope, request id and trace are not the others'.
   */
  private readonly context = new AsyncResource('GroupCommit');
  private waiting = 0;
  private sweep: NodeJS.Timeout | undefined;
  private idle: (() => void)[] = [];

  /** Throws RangeError for limits below 1. */
  constructor(private readonly options: GroupCommitOptions<Job, Result>) {
    const { batchMax, queueMax, lanes = 1, parallel = 1 } = options;
    for (const limit of [batchMax, queueMax, lanes, parallel]) {
      if (!Number.isInteger(limit) || limit < 1)
        throw new RangeError('limits are whole numbers from 1');
    }
    const { gatherMs = 0, patienceMs = 0, crowds = [] } = options;
    const begin = (lane: Lane<Job, Result>): void =>
      this.context.runInAsyncScope(() => void this.work(lane));
    this.lanes = Array.from({ length: lanes }, (_, at) => {
      const crowd = crowds[at];
      return new Lane<Job, Result>({
        ...{ parallel, patienceMs, begin },
        batchMax: () => Math.min(batchMax, crowd?.groupSize ?? batchMax),
        isComplete: (waiting) => waiting >= batchMax || (crowd?.isGroup(waiting) ?? false),
        gatherMs: () => Math.max(gatherMs, crowd?.groupWaitMs ?? 0),
      });
    });
    this.runner = {
      name: options.name,
      run: options.run,
      isPoison: options.isPoison ?? isPoisonByDefault,
      report: (batch, startedMs, outcome) => this.report(batch, startedMs, outcome),
    };
  }

  /** Jobs that wait to be begun, at most `queueMax`. */
  get depth(): number {
    return this.waiting;
  }

  /**
   * Resolves with the job's own result. Rejects with {@link Overloaded} when the queue is full, with
   * {@link DeadlinePassed} when it has not been begun `deadlineMs` (a duration) after now, with the
   * job's own error, or with the error of `run`. A job that has been begun is never given up.
   */
  submit(job: Job, options: { readonly deadlineMs?: number } = {}): Promise<Result> {
    if (this.waiting >= this.options.queueMax) {
      this.options.observe?.refused?.(this.options.name, 'overloaded');
      return Promise.reject(new Overloaded(this.options.name));
    }
    const lane = this.laneOf(job);
    const submittedMs = performance.now();
    const deadlineMs = submittedMs + (options.deadlineMs ?? Infinity);
    return new Promise((resolve, reject) => {
      this.waiting += 1;
      if (deadlineMs !== Infinity) this.sweepLater(deadlineMs - submittedMs);
      lane.push({ job, submittedMs, deadlineMs, resolve, reject });
    });
  }

  /** Resolves when nothing waits and nothing is under way. New jobs are still taken, and waited for. */
  async drain(): Promise<void> {
    while (this.lanes.some((lane) => !lane.isIdle)) {
      await new Promise<void>((resolve) => this.idle.push(resolve));
    }
  }

  private laneOf(job: Job): Lane<Job, Result> {
    const { laneOf } = this.options;
    const chosen = this.lanes[laneOf ? laneOf(job) % this.lanes.length : 0];
    if (!chosen) throw new RangeError(`${this.options.name}: a lane is a whole number from 0`);
    return chosen;
  }

  /** One batch. The lane begins the next, or the first of a new crowd. */
  private async work(lane: Lane<Job, Result>): Promise<void> {
    const startedMs = performance.now();
    const batch = lane.take();
    this.waiting -= batch.length;
    const live = this.refuseLate(batch);
    if (live.length > 0) await settleBatch(this.runner, live);
    lane.ended(performance.now() - startedMs);
    if (lane.isIdle) this.wakeDrain();
  }

  private refuseLate(batch: Waiting<Job, Result>[]): Waiting<Job, Result>[] {
    const now = performance.now();
    if (batch.every((waiting) => waiting.deadlineMs > now)) return batch;
    for (const late of batch.filter((waiting) => waiting.deadlineMs <= now)) this.refuse(late);
    return batch.filter((waiting) => waiting.deadlineMs > now);
  }

  private refuse(late: Waiting<Job, Result>): void {
    this.options.observe?.refused?.(this.options.name, 'deadline');
    late.reject(new DeadlinePassed(this.options.name));
  }

  /** One timer for all: a batch that hangs must not keep those behind it from their answer. */
  private sweepLater(inMs: number): void {
    this.sweep ??= setTimeout(() => this.sweepNow(), Math.max(SWEEP_PAUSE_MS, inMs)).unref();
  }

  private sweepNow(): void {
    this.sweep = undefined;
    const now = performance.now();
    let nextMs = Infinity;
    for (const lane of this.lanes) {
      const late = lane.waiting.removeWhere((waiting) => {
        if (waiting.deadlineMs > now) nextMs = Math.min(nextMs, waiting.deadlineMs);
        return waiting.deadlineMs <= now;
      });
      this.waiting -= late.length;
      for (const waiting of late) this.refuse(waiting);
    }
    if (nextMs !== Infinity) this.sweepLater(nextMs - now);
    this.wakeDrain();
  }

  private report(
    batch: readonly Waiting<Job, Result>[],
    startedMs: number,
    outcome: 'done' | 'split' | 'failed',
  ): void {
    const [oldest] = batch;
    if (!this.options.observe || !oldest) return;
    this.options.observe.ran({
      name: this.options.name,
      size: batch.length,
      waitedMs: startedMs - oldest.submittedMs,
      tookMs: performance.now() - startedMs,
      outcome,
    });
  }

  private wakeDrain(): void {
    const woken = this.idle;
    this.idle = [];
    for (const wake of woken) wake();
  }
}

function isPoisonByDefault(error: unknown): boolean {
  return !isDatabaseAway(error) && !(error instanceof Overloaded);
}
