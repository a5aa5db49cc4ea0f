import { describe, expect, it } from '@jest/globals';
import { spanOf, tableOf } from './table.ts';
import { barOf } from './terminal.ts';

describe('a table', () => {
  it('is as wide as its widest cells, with numbers to the right', () => {
    expect(
      tableOf(
        ['name', 'n'],
        [
          ['a', 1],
          ['bcdef', 12_345],
          [null, 0],
        ],
      ),
    ).toEqual([
      'name        n',
      '-----  ------',
      'a           1',
      'bcdef  12,345',
      '-           0',
    ]);
    expect(tableOf(['name', 'n'], [])).toEqual(['name  n', '----  -']);
  });

  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [12_345, '12 s'],
    [3_600_000, '1 h'],
    [200_000_000, '2 d'],
  ])('tells %i ms as %s', (spanMs, text) => {
    expect(spanOf(spanMs)).toBe(text);
  });

  it.each([
    [0, '[------------------------------]   0 %'],
    [0.5, '[###############---------------]  50 %'],
    [1.2, '[##############################] 100 %'],
  ])('shows %d of the way', (share, bar) => {
    expect(barOf(share)).toBe(bar);
  });
});
