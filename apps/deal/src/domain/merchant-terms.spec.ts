import { describe, expect, it } from '@jest/globals';
import { namesRates, termsStart } from './merchant-terms.ts';

const day = { name: '2026-11-24', startMs: 1_000, endMs: 2_000 };

describe('terms', () => {
  it('begin now when no day is named', () => {
    expect(termsStart(null, 1_234)).toBe(1_234);
  });

  it('begin at the first millisecond of a day that is still to come', () => {
    expect(termsStart(day, 0)).toBe(1_000);
    expect(termsStart(day, 999)).toBe(1_000);
  });

  it('begin now when the day is today: what was done this morning stays as it was', () => {
    expect(termsStart(day, 1_000)).toBe(1_000);
    expect(termsStart(day, 1_999)).toBe(1_999);
  });

  it('cannot begin on a day that is over', () => {
    expect(() => termsStart(day, 2_000)).toThrow(
      expect.objectContaining({ code: 'TERMS_IN_PAST', detail: { validFrom: '2026-11-24' } }),
    );
  });

  it('are wished for when a rate is named, be it zero', () => {
    expect(namesRates({ terms: { earnRateBps: 0 }, day: null })).toBe(true);
    expect(namesRates({ terms: {}, day })).toBe(false);
  });
});
