import { describe, expect, it } from '@jest/globals';
import { markdownTable, textTable } from './text-table.ts';

describe('a table', () => {
  it('has columns as wide as their widest cell, and no blanks at the end', () => {
    const rows = [
      ['deal', '0.46'],
      ['dashboard', '10.2'],
    ];
    expect(textTable(['process', 'ms'], rows, ['left', 'right'])).toEqual([
      'process      ms',
      '─────────  ────',
      'deal       0.46',
      'dashboard  10.2',
    ]);
    expect(textTable(['a', 'b'], [['1', '']])[2]).toBe('1');
  });

  it('can be written for a document', () => {
    expect(markdownTable(['a', 'b'], [['1', '2']])).toEqual([
      '| a | b |',
      '| --- | --- |',
      '| 1 | 2 |',
    ]);
  });
});
