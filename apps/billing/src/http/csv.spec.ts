import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvCell, csvRow } from './csv.ts';

/** Reads one row back as RFC 4180 says, knowing nothing of how it was written. */
function readRow(text: string): string[] {
  const cells: string[] = [''];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    const last = cells.length - 1;
    if (sign === '"' && quoted && text[at + 1] === '"') {
      cells[last] += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ',') cells.push('');
    else if (!quoted && text.startsWith('\r\n', at)) return cells;
    else cells[last] += sign;
  }
  throw new Error('the row does not end');
}

describe('a CSV row', () => {
  it('quotes what must be quoted and nothing else', () => {
    expect(csvRow(['plain', 'a,b', 'say "hi"', 'two\r\nlines', '안서연', null, 12])).toBe(
      'plain,"a,b","say ""hi""","two\r\nlines",안서연,,12\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\n=x'])(
    'makes the text %j harmless',
    (text) => {
      expect(csvCell(text).replaceAll('"', '')).toBe(`'${text}`);
    },
  );

  it('lets a negative number be a number', () => {
    expect(csvCell(-100)).toBe('-100');
  });

  it('says the same when it is read back', () => {
    const cell = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        expect(readRow(csvRow(cells))).toEqual(cells);
      }),
    );
  });

  it('never begins a cell like a formula', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const [read = ''] = readRow(csvRow([text]));
        expect(/^[=+\-@\t\r\n]/.test(read)).toBe(false);
      }),
    );
  });
});
