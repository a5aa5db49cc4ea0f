import { describe, expect, it } from '@jest/globals';
import { sampleClose } from '../testing/sample-close.ts';
import { isAllSettled, resultText } from './result-text.ts';

describe('the result of a close', () => {
  it('is good when every merchant is settled', () => {
    expect(isAllSettled(sampleClose())).toBe(true);
    expect(isAllSettled(sampleClose({ merchants: 0, settled: 0 }))).toBe(true);
    expect(resultText(sampleClose())).toBe(
      '202611: 10 merchants: 10 settled, 0 unchanged, 0 with problems\n' +
        'KRW: net points 100,000, billing amount 98,000, net 98,000\n' +
        'all settled\n',
    );
  });

  it.each([
    { state: 'running' as const },
    { waiting: 1 },
    { problems: 1 },
    { code: 'DEAL_UNAVAILABLE' },
  ])('is not good with %j', (more) => {
    expect(isAllSettled(sampleClose(more))).toBe(false);
    expect(resultText(sampleClose(more))).toContain('not all settled');
  });

  it('names each merchant with a problem, and how many more there are', () => {
    const problemsOf = [
      { merchantId: 7, code: 'SETTLEMENT_INCOMPLETE' },
      { merchantId: 9, code: null },
    ];
    const text = resultText(sampleClose({ problems: 105, problemsOf, code: 'DEAL_UNAVAILABLE' }));
    expect(text).toContain('  merchant 7  SETTLEMENT_INCOMPLETE\n  merchant 9  no code\n');
    expect(text).toContain('  and 103 more\n');
    expect(text).toContain('the list of merchants may not be complete: DEAL_UNAVAILABLE\n');
  });
});
