import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isoTime } from './iso-time.ts';

describe('the time of a line', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    '2026-11-23T12:34:59.999Z',
    '2026-11-23T12:35:00.000Z',
    '2026-11-23T12:35:00.007Z',
    '2026-11-23T12:34:59.080Z',
    '2027-01-01T00:00:00.001Z',
  ])('is %s when the clock says so, whatever it said before', (time) => {
    jest.setSystemTime(new Date(time));
    expect(isoTime()).toBe(`,"time":"${time}"`);
  });
});
