import type { GoalId, LoadSeen, Measure } from '../report/bench-report.ts';

/** What was asked for on the command line. */
export interface BenchOptions {
  readonly seconds: number;
  /**
   * How long each system is loaded before anything is counted. A service becomes faster for about 25 seconds of
   * load, while the engine compiles what runs often: from 0.95 to 0.64 ms of processor time a use. One in production
   * has been up for days.
   */
  readonly warmSeconds: number;
  readonly rounds: number;
  readonly clients: readonly number[];
  readonly members: number;
  /** How long the load of S3 lasts. */
  readonly s3Seconds: number;
  readonly events: number;
  readonly lines: number;
  /** Deals that the dashboard knows, few and many. */
  readonly s5Deals: readonly [number, number];
  readonly s8Members: number;
  readonly s8Deals: number;
  readonly bufferPoolMiB: number;
  readonly wanted: ReadonlySet<GoalId>;
  readonly say: (line: string) => void;
}

/** What one part of the comparison found. */
export interface Part {
  readonly measures: readonly Measure[];
  readonly loads?: readonly LoadSeen[];
  /** Round by round. */
  readonly rounds: Readonly<Record<string, unknown>>;
}
