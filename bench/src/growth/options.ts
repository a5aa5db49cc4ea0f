import type { DriveReport } from '../drive-load.ts';
import { median } from '../figures/percentile.ts';
import type { UsesSeen } from './growth-report.ts';

/** The parts of the growth run. */
export const growthParts = ['sizes', 'hot', 'replicas', 'memory'] as const;
export type GrowthPart = (typeof growthParts)[number];

/** What was asked for on the command line. */
export interface GrowthOptions {
  readonly wanted: ReadonlySet<GrowthPart>;
  readonly clients: number;
  readonly seconds: number;
  /** How long whatever has just been started is loaded before anything is counted; why, see BenchOptions. */
  readonly warmSeconds: number;
  readonly rounds: number;
  /** Ascending. */
  readonly members: readonly number[];
  /** Ascending, deals stored. */
  readonly deals: readonly number[];
  readonly replicas: readonly number[];
  /** Of the long load. */
  readonly minutes: number;
  /** Of each query route. */
  readonly queries: number;
  readonly bufferPoolMiB: number;
  readonly say: (line: string) => void;
}

/** What each part is given. */
export interface GrowthPlace {
  readonly stops: (() => Promise<void>)[];
  readonly options: GrowthOptions;
}

/** Merchants of every system here. */
export const MERCHANTS = 100;

/** Does the same load some times over; medians. */
export async function rounds(count: number, load: () => Promise<DriveReport>): Promise<UsesSeen> {
  const seen: DriveReport[] = [];
  for (let round = 1; round <= count; round += 1) seen.push(await load());
  return usesOf(seen);
}

/** Medians of some loads; errors are added up. */
export function usesOf(seen: readonly DriveReport[]): UsesSeen {
  return {
    perSecond: median(seen.map(({ perSecond }) => perSecond)),
    p50Ms: median(seen.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(seen.map(({ p99Ms }) => p99Ms)),
    errors: seen.reduce((sum, { errors }) => sum + errors, 0),
  };
}

/** In one line. */
export function usesText({ perSecond, p50Ms, p99Ms, errors }: UsesSeen): string {
  const latency = `p50 ${p50Ms.toFixed(1)} p99 ${p99Ms.toFixed(1)} ms`;
  return `${perSecond.toFixed(0)} uses/s ${latency}${errors === 0 ? '' : ` ERRORS ${errors}`}`;
}
