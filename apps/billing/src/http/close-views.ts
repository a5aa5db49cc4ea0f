import {
  amount,
  businessMonth,
  entityId,
  instant,
  reasonCode,
  signedAmount,
} from '@onepoint/contracts';
import { z } from 'zod';
import type { CloseProgress } from '../domain/month-close.ts';

/** What names the month, in the body and in the path. */
export const closeMonth = z.strictObject({ billingMonth: businessMonth });

/** How far a close has come. */
export const closeView = z
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
/** How far a close has come. */
export type CloseView = z.infer<typeof closeView>;

/** A progress as the door shows it. */
export function closeViewOf(progress: CloseProgress): CloseView {
  const { passNo, startedAt, finishedAt, problemsOf, totals, ...rest } = progress;
  return {
    ...rest,
    pass: passNo,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    problemsOf: problemsOf.map(({ merchantId, code }) => ({ merchantId, code })),
    ...totals,
  };
}
