import type { BenchReport } from './bench-report.ts';

/** A report as a run would have written it, with round figures. */
export function sampleReport(seen: {
  readonly rate: number;
  readonly p50Ms: number;
  readonly jobs?: number;
}): BenchReport {
  const { rate, p50Ms, jobs = 10 } = seen;
  const onepoint = {
    ...{ perSecond: rate, p50Ms, p99Ms: 4 * p50Ms, errors: 0, driverCpu: 0.3 },
    processorMs: { deal: 0.5, point: 0.25, database: 0.5 },
  };
  const floor = { ...onepoint, perSecond: 2_000, processorMs: { 'floor deal': 0.4 } };
  const rateRatio = rate / 2_000;
  return {
    madeAt: '2026-11-01T00:00:00.000Z',
    machine: {
      ...{ cores: 2, memoryGiB: 24, processor: 'sample', node: '24.0.0' },
      database: 'MariaDB 10.11',
    },
    settings: { seconds: 10 },
    measures: [
      {
        ...{ id: 'S1', atGoalSize: true },
        figures: [{ what: 'ratio', value: rateRatio, unit: '×', better: 'more', goal: 3 }],
      },
    ],
    loads: [
      {
        ...{ clients: 64, onepoint, floor, rateRatio, p50Ratio: 1 },
        stages: [
          {
            ...{ service: 'deal', batch: 'deal-records', batches: 100, jobs },
            ...{ waitedMs: 1, tookMs: 2 },
          },
        ],
      },
    ],
    dealCost: {
      ...{ deals: 60_000, clients: 64, commits: 1, rowsWritten: 10, logBytes: 5_000 },
      ...{ databaseTrafficBytes: 4_000, trafficBytes: 12_000 },
      published: { deal: 1, point: 1 },
      delivered: { dashboard: 2, billing: 1, deal: 1 },
      processorMs: {
        ...{ deal: 0.5, point: 0.25, billing: 0.125, dashboard: 0.25, database: 0.5 },
        broker: 0.2,
      },
      storedBytes: { 'deal.deal': 300, 'deal.outbox': 500, 'deal.idempotency_key': 400 },
    },
    eventRates: {
      ...{ events: 100_000, loopPublished: 40_000, relayed: 20_000 },
      ...{ loopConsumed: 80_000, projected: 15_000, rebuilt: 15_000 },
    },
    rounds: {},
  };
}
