import { describe, expect, it } from '@jest/globals';
import { format } from 'prettier';
import { jsonText } from './json-text.ts';
import type { Json } from './json-text.ts';

const values: Record<string, Json> = {
  'plain values': { text: 'a "quoted" word', count: 7, yes: true, none: null, korean: '포인트' },
  'empty things': { list: [], object: {}, nested: [{}, [], 1] },
  'a list that fits': { required: ['id', 'type', 'version'] },
  'a list that fills the line to the end': { required: ['x'.repeat(81)], after: 1 },
  'a list of one column too many': { required: ['x'.repeat(40), 'x'.repeat(40)], after: 1 },
  'a list as the last member': { required: ['x'.repeat(39), 'x'.repeat(38)] },
  'a list of objects': { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'string' }] },
  'lists deep down': { a: { b: { c: { d: [{ e: ['f', 'g'] }] } } } },
};

describe('the text of a generated document', () => {
  it.each(Object.entries(values))('is what the formatter makes of %s', async (_, value) => {
    const text = jsonText(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(await format(text, { parser: 'json', printWidth: 100 })).toBe(text);
  });

  it('leaves out what is undefined', () => {
    expect(jsonText({ a: undefined, b: 1 })).toBe('{\n  "b": 1\n}\n');
  });
});
