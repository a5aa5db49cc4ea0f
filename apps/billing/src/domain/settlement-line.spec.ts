import { describe, expect, it } from '@jest/globals';
import { isSettled, signedPoints } from './settlement-line.ts';

describe('a line', () => {
  it.each([
    ['use', 100],
    ['save', 100],
    ['useCancel', -100],
    ['saveCancel', -100],
  ] as const)('of a %s of 100 adds %i', (type, signed) => {
    expect(signedPoints({ type, point: 100 })).toBe(signed);
  });

  it('of no points has no sign', () => {
    expect(Object.is(signedPoints({ type: 'saveCancel', point: 0 }), 0)).toBe(true);
  });

  it.each([
    ['use', 0, true],
    ['useCancel', 0, true],
    ['save', 0, false],
    ['saveCancel', 0, false],
    ['save', 1, true],
    ['saveCancel', 10_000, true],
  ] as const)('is made of a %s charged at %i bps: %s', (type, earnChargeBps, settled) => {
    expect(isSettled({ type, earnChargeBps })).toBe(settled);
  });
});
