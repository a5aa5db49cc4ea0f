import { newestDeal } from '../catch-up.ts';
import { databaseWork, grownForEach, storedBytes } from '../figures/database-work.ts';
import { loopbackBytes } from '../figures/loopback.ts';
import { sumOf } from '../figures/metrics-text.ts';
import type { Sample } from '../figures/metrics-text.ts';
import type { DealCost, Figure, Measure } from '../report/bench-report.ts';
import { loadOnePoint, stageMetrics } from './busy-house.ts';
import type { BusyHouse, LoadDone } from './busy-house.ts';
import type { BenchOptions, Part } from './options.ts';

const CLIENTS = 64;
const GOAL_SECONDS = 30;

type Metrics = ReadonlyMap<string, readonly Sample[]>;

/**
 * S3: how long Billing and the dashboard need after a load that has filled everything, and, over the same
 * load, what one deal costs.
 */
export async function fullLoad(
  house: BusyHouse,
  { s3Seconds, say }: BenchOptions,
): Promise<Part & { readonly dealCost: DealCost }> {
  const { system, connection } = house;
  const { databasePrefix: prefix } = system;
  const look = async () => ({
    stored: await storedBytes(connection, prefix),
    metrics: await stageMetrics(system),
    work: await databaseWork(connection),
    traffic: loopbackBytes(),
    newest: await newestDeal(connection, prefix),
  });
  const before = await look();
  const done = await loadOnePoint(house, CLIENTS, s3Seconds);
  // Sizes last: to analyse the tables is work of its own.
  const [work, traffic, metrics] = [
    await databaseWork(connection),
    loopbackBytes(),
    await stageMetrics(system),
  ];
  const stored = await storedBytes(connection, prefix);
  const deals = done.report.sent;
  const dealCost: DealCost = {
    ...{ deals, clients: CLIENTS, processorMs: done.rate.processorMs },
    commits: (work.commits - before.work.commits) / deals,
    rowsWritten: (work.rowsWritten - before.work.rowsWritten) / deals,
    logBytes: (work.logBytes - before.work.logBytes) / deals,
    databaseTrafficBytes: (work.trafficBytes - before.work.trafficBytes) / deals,
    trafficBytes:
      traffic === null || before.traffic === null ? null : (traffic - before.traffic) / deals,
    storedBytes: grownForEach(before.stored, stored, deals),
    published: counted('events_published_total', before.metrics, metrics, deals),
    delivered: counted('events_consumed_total', before.metrics, metrics, deals),
  };
  say(`S3: ${deals} deals, caught up in ${(done.caughtUpMs / 1_000).toFixed(2)} s`);
  const measures = [measureOf(done, s3Seconds >= GOAL_SECONDS)];
  return { dealCost, measures, rounds: { fullLoad: done } };
}

function measureOf({ caughtUpMs, report }: LoadDone, atGoalSize: boolean): Measure {
  const caughtUp: Figure = {
    ...{ what: 'caught up in', value: caughtUpMs / 1_000, unit: 's', better: 'less', goal: 2 },
  };
  const after: Figure = { what: 'after', value: report.sent, unit: 'deals', better: 'more' };
  return { id: 'S3', atGoalSize, figures: [caughtUp, after] };
}

function counted(
  name: string,
  before: Metrics,
  after: Metrics,
  deals: number,
): Record<string, number> {
  const totals = (of: Metrics): Map<string, number> =>
    new Map([...of].map(([service, samples]) => [service, sumOf(samples, name)]));
  return grownForEach(totals(before), totals(after), deals);
}
