import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

/** The most items that one page of any list may have. */
export const pageSizeMax = 200;

/** `?limit=` of every list: 1 to 200 items, 50 unless asked otherwise. */
export const pageLimit = wholeNumber({ min: 1, max: pageSizeMax }).prefault(50);

/** `?cursor=` of every list: the `nextCursor` of the page before, handed back as it was. */
export const pageCursor = z
  .string()
  .max(256)
  .regex(/^[\w.~-]+$/, { error: 'must be the nextCursor of an earlier page' });
