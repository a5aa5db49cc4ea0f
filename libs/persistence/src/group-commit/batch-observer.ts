/** What became of one call of `run`. */
export interface BatchReport {
  readonly name: string;
  readonly size: number;
  /** How long the oldest job of the batch had waited. */
  readonly waitedMs: number;
  readonly tookMs: number;
  /** `split`: it failed and is tried again in halves. */
  readonly outcome: 'done' | 'split' | 'failed';
}

/** Hears of batches and refusals, for metrics. Must not throw. */
export interface BatchObserver {
  ran(report: BatchReport): void;
  refused?(name: string, reason: 'overloaded' | 'deadline'): void;
}
