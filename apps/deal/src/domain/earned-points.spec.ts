import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { earnedPoints } from './earned-points.ts';

describe('earned points', () => {
  it('are 1 % of the amount at the usual rate', () => {
    expect(earnedPoints(100_000, 100)).toBe(1_000);
  });

  it('are rounded down to whole points', () => {
    expect(earnedPoints(99, 100)).toBe(0);
    expect(earnedPoints(199, 100)).toBe(1);
  });

  it('are exact where floating point is not', () => {
    expect(earnedPoints(Number.MAX_SAFE_INTEGER, 9_999)).toBe(9_006_298_534_815_516);
  });

  it('never exceed the amount, and never miss a whole point', () => {
    const amounts = fc.integer({ min: 0, max: 1_000_000_000 });
    const rates = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const points = earnedPoints(amount, rate);
        expect(points * 10_000).toBeLessThanOrEqual(amount * rate);
        expect((points + 1) * 10_000).toBeGreaterThan(amount * rate);
      }),
    );
  });
});
