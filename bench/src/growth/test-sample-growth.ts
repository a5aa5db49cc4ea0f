import type { GrowthReport, UsesSeen } from './growth-report.ts';

const uses = (perSecond: number): UsesSeen => ({ perSecond, p50Ms: 30, p99Ms: 60, errors: 0 });
const queries = (p99Ms: number) => [
  { name: 'one deal', requests: 100, p50Ms: 1, p99Ms: p99Ms / 2 },
  { name: 'all', requests: 100, p50Ms: 1, p99Ms },
];
const step = (members: number, deals: number, perSecond: number) => ({
  ...{ members, deals, uses: uses(perSecond) },
  ...{ dealQueries: queries(4), dashboardQueries: queries(8) },
});

/** A growth run with round figures. */
export function sampleGrowth(): GrowthReport {
  return {
    madeAt: '2026-11-01T00:00:00.000Z',
    machine: { cores: 2, memoryGiB: 24, processor: 'sample', node: '24.0.0', database: 'MariaDB' },
    settings: {},
    steps: [
      step(10_000, 100_000, 2_000),
      step(1_000_000, 100_000, 1_900),
      step(1_000_000, 10_000_000, 1_800),
    ],
    spots: [{ spot: 'one member', uses: uses(1_500) }],
    replicas: [
      { deal: 1, point: 1, uses: uses(2_000) },
      { deal: 2, point: 1, uses: uses(2_100) },
      { deal: 2, point: 2, uses: uses(2_200) },
    ],
    memory: {
      ...{ uses: uses(2_000), deals: 600_000 },
      samples: Array.from({ length: 300 }, (_, second) => ({
        second,
        residentMiB: { deal: 150 + second / 100, point: 120 },
      })),
    },
  };
}
