import { z } from 'zod';

/**
 * A moment as ISO 8601 in UTC with exactly three decimals: `2026-11-23T05:39:00.000Z`. One spelling for
 * one moment, so that instants compare and sort as text. Impossible dates are refused.
 */
export const instant = z.iso.datetime({ precision: 3 }).meta({
  description: 'UTC, ISO 8601 with milliseconds',
  // The exact pattern also counts the days of every month and is unreadable; documents get this one.
  pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$`,
});
