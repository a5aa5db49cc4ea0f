import { describe, expect, it } from '@jest/globals';
import { businessDay } from './business-day.ts';

describe('a business day', () => {
  it.each(['2000-01-01', '2028-02-29', '2026-11-23', '2999-12-31'])('may be %s', (day) => {
    expect(businessDay.parse(day)).toBe(day);
  });

  it.each([
    ...['', '2026-02-29', '2026-11-31', '2026-13-01', '20261123', '2026-1-1', ' 2026-11-23'],
    ...['1999-12-31', '3000-01-01', '2026-11-23T00:00:00Z', '２０２６-11-23', 20_261_123, null],
  ])('may not be %j', (day) => {
    expect(businessDay.safeParse(day).success).toBe(false);
  });
});
