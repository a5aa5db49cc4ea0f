import { describe, expect, it } from '@jest/globals';
import { rateMedians } from './rate-medians.ts';

describe('the medians of some rounds', () => {
  const round = (perSecond: number, errors: number) => ({
    ...{ perSecond, errors, p50Ms: 10, p99Ms: perSecond / 10, driverCpu: 0.2 },
    processorMs: { deal: perSecond / 1_000 },
  });

  it('are taken figure by figure, and no error is hidden by them', () => {
    const seen = rateMedians([round(900, 0), round(100, 1), round(500, 2)]);
    expect(seen).toEqual({ ...round(500, 3) });
  });
});
