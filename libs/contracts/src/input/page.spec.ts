import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { page } from '../dto/page.ts';
import { pageCursor, pageLimit } from './page.ts';

describe('a page', () => {
  it('has 50 items unless asked otherwise, and 1 to 200', () => {
    expect(pageLimit.parse(undefined)).toBe(50);
    expect(pageLimit.parse('200')).toBe(200);
    expect(pageLimit.safeParse('0').success).toBe(false);
    expect(pageLimit.safeParse('201').success).toBe(false);
  });

  it('goes on from a cursor that is safe in a URL and not long', () => {
    expect(pageCursor.parse('eyJpZCI6N30')).toBe('eyJpZCI6N30');
    expect(pageCursor.safeParse('').success).toBe(false);
    expect(pageCursor.safeParse("1' OR 1=1").success).toBe(false);
    expect(pageCursor.safeParse('x'.repeat(257)).success).toBe(false);
  });

  it('never answers more than 200 items', () => {
    const numbers = page(z.int());
    expect(numbers.safeParse({ items: Array(200).fill(1), nextCursor: null }).success).toBe(true);
    expect(numbers.safeParse({ items: Array(201).fill(1), nextCursor: null }).success).toBe(false);
  });

  it('is an optional parameter with its default in OpenAPI', () => {
    const query = z.strictObject({ limit: pageLimit, cursor: pageCursor.optional() });
    const input = query['~standard'].jsonSchema.input({ target: 'openapi-3.0' });
    expect(input).toMatchObject({ properties: { limit: { default: 50 } } });
    expect(input).not.toHaveProperty('required');
  });
});
