import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carryOver, openingAfter } from './carry-over.ts';

const nets = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 40 });

describe('a negative balance', () => {
  it('is carried until it is set off: March pays, April comes back, May nets it', () => {
    expect(carryOver(0, 98_000)).toEqual({ opening: 0, payable: 98_000, closing: 0 });
    expect(carryOver(0, -19_600)).toEqual({ opening: 0, payable: 0, closing: -19_600 });
    expect(carryOver(-19_600, 117_600)).toEqual({ opening: -19_600, payable: 98_000, closing: 0 });
  });

  it('is carried over months that do not set it off', () => {
    expect(openingAfter([-100, 30, 0, 20])).toBe(-50);
    expect(openingAfter([-100, 130])).toBe(0);
    expect(openingAfter([])).toBe(0);
  });

  it('loses and makes no won: all that was paid and what is still carried is all that was netted', () => {
    fc.assert(
      fc.property(nets, (months) => {
        let paid = 0;
        months.forEach((net, at) => {
          const { payable, closing } = carryOver(openingAfter(months.slice(0, at)), net);
          expect(payable).toBeGreaterThanOrEqual(0);
          expect(closing).toBeLessThanOrEqual(0);
          expect(payable === 0 || closing === 0).toBe(true);
          paid += payable;
        });
        const netted = months.reduce((sum, net) => sum + net, 0);
        expect(paid + openingAfter(months)).toBe(netted);
      }),
    );
  });
});
