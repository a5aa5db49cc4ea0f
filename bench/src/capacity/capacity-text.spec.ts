import { describe, expect, it } from '@jest/globals';
import { sampleReport } from '../report/test-sample-report.ts';
import { capacityOf } from './capacity-model.ts';
import { bytesText, capacityTables } from './capacity-text.ts';

describe('bytes in words', () => {
  it('take the unit that keeps them short', () => {
    expect([0, 999, 1_500, 3.2e9, 7e16].map(bytesText)).toEqual([
      '0 B',
      '999 B',
      '1.50 kB',
      '3.20 GB',
      '70.0 PB',
    ]);
  });
});

describe('the tables of a capacity', () => {
  const demand = {
    ...{ dealsPerSecond: 50_000, members: 1e8, averageShare: 0.25, busyMax: 0.5 },
    ...{ bytesPerMember: 1_000, databaseCores: 16, brokerCopies: 3 },
  };
  const capacity = capacityOf(sampleReport({ rate: 1, p50Ms: 1 }), demand);
  const [processors, rates, storage] = capacityTables(capacity, demand);

  it('say how many of each process, and the cores of all', () => {
    expect(processors?.rows).toContainEqual(['deal', '0.500', '50.0', '50 replicas']);
    expect(processors?.rows).toContainEqual(['database', '0.500', '50.0', '4 servers']);
    expect(processors?.rows.at(-1)).toEqual(['all', '', '223', '']);
  });

  it('say how the events are spread', () => {
    expect(rates?.rows).toContainEqual(['outboxes, each with its relay', 'deal 5, point 5']);
  });

  it('keep what grows apart from what stands', () => {
    expect(storage?.rows).toContainEqual(['members', '', '100 GB']);
    expect(storage?.rows.every(([, monthly, standing]) => !monthly || !standing)).toBe(true);
  });
});
