import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feeParts } from './vat.ts';

describe('the VAT in a commission', () => {
  it.each([
    [2_000, 1_818, 182],
    [-400, -364, -36],
    [110, 100, 10],
    [1, 1, 0],
    [5, 5, 0],
    [6, 5, 1],
    [0, 0, 0],
  ])('of %i is shown as %i and %i', (fee, supply, vat) => {
    expect(feeParts(fee)).toEqual({ supply, vat });
  });

  it('is within half a won of 10/110, and both parts make the fee to the won', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fee) => {
        const { supply, vat } = feeParts(fee);
        expect(supply + vat).toBe(fee);
        const offBy = BigInt(vat) * 110n - BigInt(fee) * 10n;
        expect(offBy >= -55n && offBy <= 55n).toBe(true);
      }),
    );
  });
});
