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

/** When a lane begins a batch. */
export interface LaneOptions<Job, Result> {
  readonly parallel: number;
  readonly patienceMs: number;
  /** How long others are waited for, in milliseconds, while the batch before held more than one job. */
  readonly gatherMs: () => number;
  /** Jobs of one batch at most, from 1. */
  readonly batchMax: () => number;
  /** Whether so many are a batch without waiting for others. */
  readonly isComplete: (waiting: number) => boolean;
  /** Takes the next batch, now, and calls {@link Lane.ended} when it has ended. */
  readonly begin: (lane: Lane<Job, Result>) => void;
}

/** One line of jobs, and the batches of it that are under way. */
export class Lane<Job, Result> {
  readonly waiting = new Fifo<Waiting<Job, Result>>();
  private underWay = 0;
  /** When the newest of them began. */
  private begunAtMs = -Infinity;
  /** Whether the last batch took longer than patience lasts: then nobody waits for another's any more. */
  private isSlow = false;
  /** Whether a batch is about to begin. */
  private gathering = false;
  /** Runs while the batch that is about to begin waits for others. */
  private others: NodeJS.Timeout | undefined;
  /** Whether the last batch held more than one job. */
  private inCrowd = false;
  private impatience: NodeJS.Timeout | undefined;

  constructor(private readonly options: LaneOptions<Job, Result>) {}

  /** Nothing waits and nothing is under way. */
  get isIdle(): boolean {
    return this.waiting.size === 0 && this.underWay === 0;
  }

  push(job: Waiting<Job, Result>): void {
    this.waiting.push(job);
    if (this.gathering) this.beginIfComplete();
    else if (this.underWay === 0) this.gather();
    else if (this.underWay < this.options.parallel) this.beginBeside();
  }

  /** The next jobs in their order, as many as a batch may hold. */
  take(): Waiting<Job, Result>[] {
    const batchMax = this.options.batchMax();
    const batch: Waiting<Job, Result>[] = [];
    while (batch.length < batchMax) {
      const next = this.waiting.shift();
      if (!next) break;
      batch.push(next);
    }
    this.inCrowd = batch.length > 1;
    return batch;
  }

  /** A batch that took `tookMs` has ended: those who wait are the next. */
  ended(tookMs: number): void {
    this.underWay -= 1;
    this.isSlow = tookMs > this.options.patienceMs;
    if (this.waiting.size > 0 && !this.gathering) this.gather();
  }

  /** In a microtask at the soonest, so that jobs submitted in one go are one batch. */
  private gather(): void {
    this.gathering = true;
    const gatherMs = this.options.gatherMs();
    if (gatherMs > 0 && this.inCrowd && !this.isComplete) {
      this.others = setTimeout(() => this.begin(), gatherMs);
    } else {
      queueMicrotask(() => this.begin());
    }
  }

  private get isComplete(): boolean {
    return this.options.isComplete(this.waiting.size);
  }

  /** Whoever is waited for has come. */
  private beginIfComplete(): void {
    if (this.others === undefined || !this.isComplete) return;
    clearTimeout(this.others);
    this.others = undefined;
    queueMicrotask(() => this.begin());
  }

  private begin(): void {
    this.gathering = false;
    this.others = undefined;
    // Those who waited may have been refused for lateness meanwhile.
    if (this.waiting.size === 0) return;
    this.underWay += 1;
    this.begunAtMs = performance.now();
    this.options.begin(this);
    if (this.waiting.size > 0 && this.underWay < this.options.parallel) this.beginBeside();
  }

  /** Begins another batch beside those under way: at once where they are slow, else when patience has run out. */
  private beginBeside(): void {
    const { patienceMs, parallel } = this.options;
    const leftMs = this.isSlow ? 0 : this.begunAtMs + patienceMs - performance.now();
    if (leftMs <= 0) return this.gather();
    this.impatience ??= setTimeout(() => {
      this.impatience = undefined;
      if (this.waiting.size > 0 && !this.gathering && this.underWay < parallel) this.beginBeside();
    }, leftMs);
  }
}
