import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { instant } from '../values/instant.ts';
import { entityId } from '../values/numbers.ts';

// No personal data ever travels in an event (P13): these say who, when and which fields, never what.

/** Someone signed up. */
export const memberCreated = defineEvent({
  key: 'member.created.v1',
  source: 'member',
  aggregate: 'member',
  meaning: 'A person signed up; Point opens an account.',
  data: z.object({ memberId: entityId, joinedAt: instant }),
});

/** A member's personal data changed. */
export const memberUpdated = defineEvent({
  key: 'member.updated.v1',
  source: 'member',
  aggregate: 'member',
  meaning: 'A member changed some of their personal data.',
  data: z.object({
    memberId: entityId,
    changed: z.array(z.enum(['name', 'phone', 'address', 'email'])).max(4),
  }),
});

/** A member left. */
export const memberWithdrawn = defineEvent({
  key: 'member.withdrawn.v1',
  source: 'member',
  aggregate: 'member',
  meaning: 'A member left for good; Point closes the account and extinguishes what is left.',
  data: z.object({ memberId: entityId, withdrawnAt: instant }),
});
