import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { newEventId } from './event-id.ts';

describe('An event id', () => {
  it('is a UUID of version 7, never the same, that sorts by time', () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => newEventId(1_700_000_000_000 + index));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
    for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
  });

  it('says when it was made', () => {
    const [high, low] = newEventId(1_700_000_000_123).split('-');
    expect(Number.parseInt(`${high}${low}`, 16)).toBe(1_700_000_000_123);
  });
});
