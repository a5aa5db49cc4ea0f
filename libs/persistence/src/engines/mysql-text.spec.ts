import { describe, expect, it } from '@jest/globals';
import { LaterIds } from '../later-ids.ts';
import { insertHead, literal, quoted, valuesText } from './mysql-text.ts';

describe('what stands in a statement', () => {
  it('is each value as MySQL reads it back', () => {
    const values = [7, -1.5, null, true, "it's \\ \0 ?", '{"a":"b\n한"}', new Uint8Array([0, 255])];
    expect(values.map((value) => literal(value))).toEqual([
      '7',
      '-1.5',
      'NULL',
      'true',
      String.raw`'it\'s \\ \0 ?'`,
      `'{"a":"b\n한"}'`,
      "X'00ff'",
    ]);
  });

  it('is an id that the server puts in, as far behind the first as its step says', () => {
    const ids = new LaterIds(2);
    expect([ids.of(0), ids.of(3)].map(literal)).toEqual([
      'LAST_INSERT_ID()+0',
      'LAST_INSERT_ID()+6',
    ]);
  });

  it('is rows behind a head that has none of their values', () => {
    const rows = [
      [1, 'a'],
      [2, null],
    ];
    const insert = { table: 'a`b', columns: ['x', 'y'], rows, ignoreDuplicates: false };
    expect(insertHead(insert)).toBe('INSERT INTO `a``b` (`x`,`y`) VALUES ');
    expect(valuesText(rows)).toBe("(1,'a'),(2,NULL)");
    expect(insertHead({ ...insert, ignoreDuplicates: true })).toMatch(/^INSERT IGNORE INTO/);
    expect(quoted('x')).toBe('`x`');
  });

  it('is rows whose first has no value in one column unless a condition holds', () => {
    const rows = [
      ['a', 1],
      ['b', 2],
    ];
    expect(valuesText(rows, { column: 1, condition: 'ROW_COUNT() = 2' })).toBe(
      "('a',IF(ROW_COUNT() = 2,1,NULL)),('b',2)",
    );
  });
});
