import type { GoalId, LoadSeen, Measure } from '../report/bench-report.ts';

/** What was asked for on the command line. */
export interface BenchOptions {
  readonly seconds: number;
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
