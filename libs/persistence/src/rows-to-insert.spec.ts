import { describe, expect, it } from '@jest/globals';
import { UnevenRows, UnsafeParameter } from './errors/misuse.ts';
import { rowsToInsert } from './rows-to-insert.ts';

const given = (...rows: Record<string, unknown>[]) => rowsToInsert('deal', rows);

describe('rows to insert', () => {
  it('leave out what is null in all of them, and keep what is not in one', () => {
    expect(given({ a: 1, b: null, c: null }, { a: 2, b: null, c: 'x' })).toEqual({
      ...{ table: 'deal', columns: ['a', 'c'], ignoreDuplicates: false },
      rows: [
        [1, null],
        [2, 'x'],
      ],
    });
  });

  it('are as many as they were where nothing is filled in', () => {
    expect(given({ a: null }, { a: null })).toMatchObject({
      columns: ['a'],
      rows: [[null], [null]],
    });
  });

  it('have the same columns', () => {
    expect(() => given({ a: 1, b: null }, { a: 1 })).toThrow(UnevenRows);
    expect(() => given({ a: 1, b: null }, { a: 1, c: null })).toThrow(UnsafeParameter);
    expect(() => given({})).toThrow(UnevenRows);
    expect(given()).toBeUndefined();
  });
});
