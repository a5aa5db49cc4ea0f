import { z } from 'zod';
import { pageSizeMax } from '../input/page.ts';

/** One page of a list of `item`s: at most 200, and where to go on. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).max(pageSizeMax),
    nextCursor: z.string().nullable().describe('null on the last page'),
  });
}

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  /** What `?cursor=` takes to go on; null on the last page. */
  nextCursor: string | null;
}
