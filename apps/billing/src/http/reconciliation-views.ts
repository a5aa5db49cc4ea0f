import { amount, businessMonth, entityId, id, pageCursor, pageLimit } from '@onepoint/contracts';
import { InvalidRequest } from '@onepoint/platform';
import { z } from 'zod';
import type { ReconciliationCursor } from '../queries/reconcile-month.ts';

export const reconciliationQuery = z.strictObject({
  billingMonth: businessMonth,
  merchantId: id.optional(),
  limit: pageLimit,
  cursor: pageCursor.optional(),
});

const figures = z
  .object({ useCount: amount, usedPoints: amount, cancelCount: amount, cancelledPoints: amount })
  .meta({ id: 'Figures' });

const bookedDeal = z
  .object({ dealId: entityId, type: z.enum(['use', 'useCancel']), point: amount })
  .nullable();

/** One merchant's month in Deal's books and in Billing's. */
export const reconciledView = z
  .object({
    merchantId: entityId,
    same: z.boolean(),
    deal: figures,
    billing: figures,
    differences: z
      .array(z.object({ dealId: entityId, deal: bookedDeal, billing: bookedDeal }))
      .nullable()
      .describe(
        'the first 10 deals that differ; null: not looked for, ask for this merchant alone',
      ),
  })
  .meta({ id: 'ReconciledMerchant' });
/** One merchant's month in Deal's books and in Billing's. */
export type ReconciledView = z.infer<typeof reconciledView>;

const cursorPattern = /^(\d{1,16})(?:\.(\d{1,16}))?$/;

/** `nextCursor` handed back. Throws InvalidRequest for one that was never given out. */
export function readCursor(text: string | undefined): ReconciliationCursor {
  if (text === undefined) return { after: 0, dealCursor: null };
  const match = cursorPattern.exec(text);
  const after = Number(match?.[1]);
  if (match === null || !Number.isSafeInteger(after)) {
    const errors = [{ path: 'cursor', message: 'must be the nextCursor of an earlier page' }];
    throw new InvalidRequest('some of the input cannot be accepted', errors);
  }
  return { after, dealCursor: match[2] ?? null };
}

export function cursorText({ after, dealCursor }: ReconciliationCursor): string {
  return dealCursor === null ? String(after) : `${after}.${dealCursor}`;
}
