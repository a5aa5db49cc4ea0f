import { instant, pageLimit, serviceNames, wholeNumber } from '@onepoint/contracts';
import { z } from 'zod';

const position = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** Behind a position (default: from the beginning), or from what was sent at an instant. */
export const journalQuery = z
  .strictObject({
    after: position.optional(),
    since: z.iso
      .datetime({ offset: true })
      .transform((text) => Date.parse(text))
      .optional(),
    limit: pageLimit,
  })
  .refine(({ after, since }) => after === undefined || since === undefined, {
    path: ['since'],
    error: 'cannot be given together with after',
  });

const count = z.int().min(0);

/** Some of a service's journal. Its cursor is the position of its last entry. */
export const journalPageView = z
  .object({
    items: z.array(z.object({ position: count, events: z.array(z.unknown()) })),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'JournalPage' });

/** How a service's outbox, journal and reader stand. */
export const journalStateView = z
  .object({
    service: z.enum(serviceNames),
    firstPosition: count.nullable(),
    lastPosition: count,
    unsentRows: count,
    oldestUnsentAt: instant.nullable(),
    lowestUnsentId: count.nullable(),
    highestId: count,
    relayHolder: z.string().nullable(),
    relayUntil: instant.nullable(),
    reader: z.object({
      isUp: z.boolean(),
      keys: z.array(z.string()),
      heard: z.array(
        z.object({ source: z.enum(serviceNames), lastEventAt: instant, lagMs: count }),
      ),
    }),
  })
  .meta({ id: 'JournalState' });

export type JournalQuery = z.infer<typeof journalQuery>;
export type JournalStateView = z.infer<typeof journalStateView>;
