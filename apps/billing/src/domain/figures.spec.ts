import { describe, expect, it } from '@jest/globals';
import { figuresOf, NO_DEALS, sameFigures } from './figures.ts';
import type { Figures } from './figures.ts';
import type { TermSums } from './term-sums.ts';

const sums = (type: TermSums['type'], dealCount: number, points: number, bps = 200): TermSums => ({
  type,
  commissionBps: bps,
  earnChargeBps: 0,
  dealCount,
  points,
});

describe('figures', () => {
  it('count uses and their cancels over all terms, and nothing else', () => {
    const figures = figuresOf([
      sums('use', 2, 300),
      sums('use', 1, 50, 150),
      sums('useCancel', 1, 100),
      sums('save', 9, 999),
      sums('saveCancel', 9, 999),
    ]);
    expect(figures).toEqual({ useCount: 3, usedPoints: 350, cancelCount: 1, cancelledPoints: 100 });
    expect(figuresOf([])).toEqual(NO_DEALS);
  });

  it.each(['useCount', 'usedPoints', 'cancelCount', 'cancelledPoints'] as const)(
    'differ when %s differs',
    (name) => {
      const one: Figures = { useCount: 3, usedPoints: 350, cancelCount: 1, cancelledPoints: 100 };
      expect(sameFigures(one, { ...one })).toBe(true);
      expect(sameFigures(one, { ...one, [name]: 2 })).toBe(false);
    },
  );
});
