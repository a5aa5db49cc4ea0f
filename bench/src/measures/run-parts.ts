import { withCleanUp } from '../clean-up.ts';
import type { BenchReport, GoalId } from '../report/bench-report.ts';
import { startBusyHouse } from './busy-house.ts';
import { dashboardQueries } from './dashboard-queries.ts';
import { rebuildRates } from './event-rates.ts';
import { fullLoad } from './full-load.ts';
import type { BenchOptions, Part } from './options.ts';
import { settlingMonths } from './settle-month.ts';
import { signUpsInFlood } from './sign-ups-in-flood.ts';
import { standaloneStart } from './standalone-start.ts';
import { usesBesideFloor } from './uses-beside-floor.ts';
import { usesWithMuchStored } from './uses-with-much-stored.ts';

/** What the parts come to together. */
export type Found = Pick<BenchReport, 'measures' | 'loads' | 'dealCost' | 'eventRates' | 'rounds'>;

type PartFound = Part & Partial<Pick<BenchReport, 'dealCost' | 'eventRates'>>;

/** Runs what is wanted, one part after the other, each on servers of its own that are gone afterwards. */
export async function runParts(options: BenchOptions): Promise<Found> {
  const { wanted } = options;
  const parts: PartFound[] = [];
  const wants = (...ids: readonly GoalId[]): boolean => ids.some((id) => wanted.has(id));
  if (wants('S9')) parts.push(await withCleanUp((stops) => standaloneStart(stops, options)));
  if (wants('S1', 'S2', 'S3', 'S7')) {
    await withCleanUp(async (stops) => {
      const house = await startBusyHouse(stops, options.members);
      if (wants('S1', 'S2')) parts.push(await usesBesideFloor(house, options));
      if (wants('S7')) parts.push(await signUpsInFlood(house, options));
      if (wants('S3')) parts.push(await fullLoad(house, options));
    });
  }
  if (wants('S4')) parts.push(await withCleanUp((stops) => rebuildRates(stops, options)));
  if (wants('S6')) parts.push(await withCleanUp((stops) => settlingMonths(stops, options)));
  if (wants('S5')) parts.push(await withCleanUp((stops) => dashboardQueries(stops, options)));
  if (wants('S8')) parts.push(await withCleanUp((stops) => usesWithMuchStored(stops, options)));
  const found = <Key extends 'dealCost' | 'eventRates'>(key: Key): PartFound[Key] | null =>
    parts.find((part) => part[key] !== undefined)?.[key] ?? null;
  return {
    measures: parts.flatMap(({ measures }) => measures),
    loads: parts.flatMap(({ loads = [] }) => loads),
    dealCost: found('dealCost') ?? null,
    eventRates: found('eventRates') ?? null,
    rounds: Object.assign({}, ...parts.map(({ rounds }) => rounds)) as Found['rounds'],
  };
}
