import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '@onepoint/platform';
import { boundedDays } from './bounded-days.ts';

const today = '2026-03-15';

describe('the days that totals are shown of', () => {
  it.each([
    [{}, { from: '2026-02-13', to: '2026-03-15' }],
    [{ to: '2026-01-31' }, { from: '2026-01-01', to: '2026-01-31' }],
    [{ from: '2026-01-01' }, { from: '2026-01-01', to: '2026-01-31' }],
    [
      { from: '2026-03-15', to: '2026-03-15' },
      { from: '2026-03-15', to: '2026-03-15' },
    ],
    [
      { from: '2024-01-01', to: '2024-12-31' },
      { from: '2024-01-01', to: '2024-12-31' },
    ],
  ])('of %j are %j', (asked, expected) => {
    expect(boundedDays(asked, today)).toEqual(expected);
  });

  it.each([
    { from: '2026-03-16', to: '2026-03-15' },
    { from: '2025-01-01', to: '2026-01-02' },
  ])('cannot be %j', (asked) => {
    expect(() => boundedDays(asked, today)).toThrow(InvalidRequest);
  });
});
