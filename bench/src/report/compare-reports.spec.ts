import { describe, expect, it } from '@jest/globals';
import { compareReports } from './compare-reports.ts';
import { sampleReport } from './test-sample-report.ts';

describe('two reports side by side', () => {
  const lineOf = (name: string, lines: readonly string[]): string =>
    lines.find((line) => line.startsWith(name)) ?? '';

  it('show each figure of both, their ratio, and which way is better', () => {
    const lines = compareReports(
      sampleReport({ rate: 1_000, p50Ms: 10 }),
      sampleReport({ rate: 2_000, p50Ms: 20 }),
    );
    expect(lineOf('S1 ratio', lines)).toMatch(/×0\.500 +×1\.00 +2\.00 +better$/);
    expect(lineOf('64 clients, p50', lines)).toMatch(/10\.0 ms +20\.0 ms +2\.00 +worse$/);
  });

  it('call a twentieth no difference, and never judge a batch by its size', () => {
    const lines = compareReports(
      sampleReport({ rate: 1_000, p50Ms: 10 }),
      sampleReport({ rate: 1_040, p50Ms: 10, jobs: 99 }),
    );
    expect(lineOf('64 clients, uses', lines)).toMatch(/1\.04$/);
    expect(lineOf('64 clients, jobs in a batch of deal-records', lines)).toMatch(/\d$/);
  });

  it('leave a figure alone that only one of them has', () => {
    const whole = sampleReport({ rate: 1_000, p50Ms: 10 });
    const lines = compareReports(whole, { ...whole, loads: [], dealCost: null });
    expect(lineOf('64 clients, uses', lines)).toMatch(/1,000 \/s +– +–$/);
    expect(lineOf('at full load, processor time of deal', lines)).toMatch(/– +–$/);
  });
});
