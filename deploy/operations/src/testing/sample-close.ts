import type { MonthCloseView } from '@onepoint/contracts';

/** A close of ten merchants that is done and well, with what a test says of it. */
export function sampleClose(more: Partial<MonthCloseView> = {}): MonthCloseView {
  return {
    billingMonth: '202611',
    state: 'done',
    pass: 1,
    startedAt: '2026-12-01T00:00:00.000Z',
    finishedAt: '2026-12-01T00:00:01.000Z',
    merchants: 10,
    waiting: 0,
    settled: 10,
    unchanged: 0,
    problems: 0,
    code: null,
    problemsOf: [],
    netPoints: 100_000,
    billingAmount: 98_000,
    net: 98_000,
    ...more,
  };
}
