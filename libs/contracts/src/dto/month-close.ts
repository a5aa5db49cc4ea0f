import { z } from 'zod';
import { businessMonth } from '../input/business-month.ts';
import { instant } from '../values/instant.ts';
import { amount, entityId, signedAmount } from '../values/numbers.ts';
import { reasonCode } from '../values/words.ts';

/** How far the close of a month has come. */
export const monthCloseView = z
  .object({
    billingMonth: businessMonth,
    state: z.enum(['running', 'done']),
    pass: z.int().min(1).describe('how often it was begun'),
    startedAt: instant,
    finishedAt: instant.nullable(),
    merchants: amount,
    waiting: amount.describe('still to be settled'),
    settled: amount.describe('a run was made'),
    unchanged: amount.describe('nothing was new'),
    problems: amount.describe('could not be settled; POST again to try them again'),
    code: reasonCode.nullable().describe('why the list of merchants may not be complete'),
    problemsOf: z
      .array(z.object({ merchantId: entityId, code: reasonCode.nullable() }))
      .describe('the first 100'),
    netPoints: signedAmount.describe('of all billings of the month'),
    billingAmount: signedAmount,
    net: signedAmount,
  })
  .meta({ id: 'MonthClose' });
/** How far the close of a month has come. */
export type MonthCloseView = z.infer<typeof monthCloseView>;
