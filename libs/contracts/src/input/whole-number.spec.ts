import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { id, wholeNumber } from './whole-number.ts';

const upTo200 = wholeNumber({ min: 1, max: 200 });
const temperature = wholeNumber({ min: -50, max: 50 });
const anyAmount = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

function refusal(schema: z.ZodType, given: unknown): string[] {
  return schema.safeParse(given).error?.issues.map((issue) => issue.message) ?? [];
}

describe('a whole number at the door', () => {
  it.each([
    [1, 1],
    [200, 200],
    ['1', 1],
    ['0001', 1],
    [' 200', 200],
    ['200 ', 200],
    ['\t20\n', 20],
    [2e2, 200],
  ])('takes %j as %d', (given, number) => {
    expect(upTo200.parse(given)).toBe(number);
  });

  it('takes the largest safe integer, as a number and as text', () => {
    expect(id.parse(9007199254740991)).toBe(9007199254740991);
    expect(id.parse('9007199254740991')).toBe(9007199254740991);
  });

  it.each([
    0,
    201,
    -1,
    1.5,
    1e20,
    NaN,
    Infinity,
    true,
    false,
    null,
    undefined,
    [],
    [1],
    {},
    1n,
    '',
    ' ',
    '0',
    '201',
    '-1',
    '+1',
    '1.0',
    '1,000',
    '1e2',
    '0x10',
    '1 2',
    '१',
    'one',
    'NaN',
    '9007199254740992',
    '9'.repeat(30),
    `${'0'.repeat(60)}1`,
  ])('refuses %p with one message that names the range', (given) => {
    expect(refusal(upTo200, given)).toEqual(['must be a whole number from 1 to 200']);
  });

  it('does not round text that no number can hold', () => {
    expect(refusal(anyAmount, '9007199254740993')).toHaveLength(1);
    expect(refusal(anyAmount, 9007199254740993)).toHaveLength(1);
  });

  it('takes a minus sign only where the range has negatives', () => {
    expect(temperature.parse(' -007')).toBe(-7);
    expect(refusal(anyAmount, '-0')).toHaveLength(1);
  });

  it('knows one zero', () => {
    expect(Object.is(temperature.parse('-0'), 0)).toBe(true);
    expect(Object.is(anyAmount.parse(-0), 0)).toBe(true);
  });

  it.each([
    { min: 2, max: 1 },
    { min: 0.5, max: 1 },
    { min: 0, max: 2 ** 53 },
    { min: NaN, max: 1 },
  ])('cannot have the range %j', (range) => {
    expect(() => wholeNumber(range)).toThrow(RangeError);
  });
});

describe('a whole number in OpenAPI', () => {
  it('goes in as an integer or as text', () => {
    const input = upTo200['~standard'].jsonSchema.input({ target: 'openapi-3.0' });
    expect(input).toEqual({
      anyOf: [
        { type: 'integer', minimum: 1, maximum: 200 },
        { type: 'string', maxLength: 40, pattern: String.raw`^\s*\d+\s*$` },
      ],
    });
  });

  it('comes out as an integer', () => {
    const output = upTo200['~standard'].jsonSchema.output({ target: 'openapi-3.0' });
    expect(output).toEqual({ type: 'integer', minimum: 1, maximum: 200 });
  });
});
