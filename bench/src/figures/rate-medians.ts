import type { RateSeen } from '../report/bench-report.ts';
import { median } from './percentile.ts';

/** The median of each figure over the rounds; errors are added up. */
export function rateMedians(rounds: readonly RateSeen[]): RateSeen {
  const middle = (of: (rate: RateSeen) => number): number => median(rounds.map(of));
  const processes = Object.keys(rounds[0]?.processorMs ?? {});
  return {
    perSecond: middle(({ perSecond }) => perSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    driverCpu: middle(({ driverCpu }) => driverCpu),
    processorMs: Object.fromEntries(
      processes.map((name) => [name, middle(({ processorMs }) => processorMs[name] ?? Number.NaN)]),
    ),
  };
}
