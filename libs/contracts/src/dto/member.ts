import { z } from 'zod';
import { instant } from '../values/instant.ts';
import { entityId } from '../values/numbers.ts';
import { memberStatus } from '../values/words.ts';

/** A member as Member answers. The personal data is null once the member has withdrawn (P13). */
export const memberView = z
  .object({
    id: entityId,
    name: z.string().nullable(),
    phone: z.string().nullable().describe('digits only'),
    address: z.string().nullable(),
    email: z.string().nullable(),
    status: memberStatus,
    joinedAt: instant,
    updatedAt: instant,
    withdrawnAt: instant.nullable(),
  })
  .meta({ id: 'Member' });
/** A member as Member answers. */
export type MemberView = z.infer<typeof memberView>;
