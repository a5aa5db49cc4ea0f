import { businessMonth } from '@onepoint/contracts';
import type { MonthCloseView } from '@onepoint/contracts';
import { z } from 'zod';
import type { CloseProgress } from '../domain/month-close.ts';

/** What names the month, in the body and in the path. */
export const closeMonth = z.strictObject({ billingMonth: businessMonth });

/** A progress as the door shows it. */
export function closeViewOf(progress: CloseProgress): MonthCloseView {
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
