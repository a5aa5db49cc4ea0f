import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { businessMonth } from '../input/business-month.ts';
import { instant } from '../values/instant.ts';
import { entityId } from '../values/numbers.ts';

/** The most deals that one `billing.settled` names; a larger run is told in several. */
export const settledDealsMax = 500;

/** A settlement run counted these deals. */
export const billingSettled = defineEvent({
  key: 'billing.settled.v1',
  source: 'billing',
  aggregate: 'billing',
  meaning: 'A settlement run counted these deals (one chunk of them); they are settled now.',
  data: z
    .object({
      billingId: entityId,
      runId: entityId,
      merchantId: entityId,
      billingMonth: businessMonth,
      settledAt: instant,
      chunk: z.int().min(1).describe('which part of the run this is, from 1'),
      chunks: z.int().min(1).describe('how many parts the run has'),
      dealIds: z.array(entityId).min(1).max(settledDealsMax),
    })
    .refine((data) => data.chunk <= data.chunks, {
      path: ['chunk'],
      error: 'must not exceed chunks',
    }),
});
