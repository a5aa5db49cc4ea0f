import { describe, expect, it } from '@jest/globals';
import { sampleReport } from '../report/test-sample-report.ts';
import { CostsNotMeasured, capacityOf } from './capacity-model.ts';
import type { Demand } from './capacity-model.ts';

const demand: Demand = {
  ...{ dealsPerSecond: 50_000, members: 100_000_000, averageShare: 0.25, busyMax: 0.5 },
  ...{ bytesPerMember: 1_000, databaseCores: 16, brokerCopies: 3 },
};
const report = sampleReport({ rate: 1_000, p50Ms: 10 });

describe('the capacity that a rate takes', () => {
  const capacity = capacityOf(report, demand);

  it('is the cost of a deal times the rate, with the cores as idle as asked', () => {
    const coresOf = (name: string): number | undefined =>
      capacity.processes.find((each) => each.name === name)?.cores;
    expect(coresOf('deal')).toBe(50);
    expect(coresOf('billing')).toBe(12.5);
    expect(coresOf('broker')).toBeCloseTo(60);
    expect(capacity.commitsPerSecond).toBe(50_000);
    expect(capacity.networkBytesPerSecond).toBe(600e6);
  });

  it('spreads the writing over as many servers as their cores demand', () => {
    expect(capacity.databaseServers).toBe(4);
  });

  it('gives each service as many outboxes as its relays need, and each reader queues', () => {
    expect(capacity.outboxes).toEqual({ deal: 5, point: 5 });
    expect(capacity.queues).toEqual({ dashboard: 5, billing: 3, deal: 3 });
    expect(capacity.publishedPerSecond).toBe(100_000);
    expect(capacity.deliveredPerSecond).toBe(200_000);
  });

  it('counts what grows by the average rate, and keys as what stands', () => {
    expect(Object.keys(capacity.monthlyBytes)).toEqual(['deal.deal', 'deal.outbox']);
    expect(capacity.monthlyBytes['deal.deal']).toBeCloseTo(300 * 12_500 * 2_629_800, -3);
    expect(capacity.standingBytes).toEqual({
      members: 100e9,
      'Idempotency-Keys, 48 h': 400 * 12_500 * 172_800,
    });
  });

  it('does not count the load driver, which is the terminals in production', () => {
    const cost = { ...report.dealCost!, processorMs: { deal: 0.5, driver: 0.3 } };
    const { processes } = capacityOf({ ...report, dealCost: cost }, demand);
    expect(processes.map(({ name }) => name)).toEqual(['deal']);
  });

  it('is not guessed from a run that did not measure the costs', () => {
    expect(() => capacityOf({ ...report, dealCost: null }, demand)).toThrow(CostsNotMeasured);
    expect(() => capacityOf({ ...report, eventRates: null }, demand)).toThrow(CostsNotMeasured);
  });
});
