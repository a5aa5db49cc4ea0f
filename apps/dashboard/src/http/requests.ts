import { billingStatus, businessMonth, dealType, id, pageLimit } from '@onepoint/contracts';
import { z } from 'zod';

const instantMs = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** Where a page of deals ended: its date in epoch milliseconds and its id. */
const dealPlace = z
  .string()
  .regex(/^\d{1,15}\.[1-9]\d{0,15}$/, { error: 'must be the nextCursor of an earlier page' })
  .transform((text) => {
    const [dealDate, dealId] = text.split('.').map(Number);
    return { dealDate: dealDate ?? 0, dealId: dealId ?? 0 };
  });

export const idParam = z.strictObject({ id });

/** `from` is inclusive, `to` exclusive; only successes are listed unless failures are asked for. */
export const dealsQuery = z
  .strictObject({
    memberId: id.optional(),
    merchantId: id.optional(),
    type: dealType.optional(),
    status: z.enum(['success', 'fail']).default('success'),
    billingStatus: billingStatus.optional(),
    from: instantMs.optional(),
    to: instantMs.optional(),
    limit: pageLimit,
    cursor: dealPlace.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    error: 'must be later than from',
  });

export const deferredQuery = z.strictObject({ limit: pageLimit, cursor: dealPlace.optional() });

/** A list that goes on at an id or a sequence. */
export const numberedQuery = z.strictObject({
  limit: pageLimit,
  cursor: id.optional(),
});

export const settlementsQuery = numberedQuery.extend({
  merchantId: id.optional(),
  billingMonth: businessMonth.optional(),
});

/** Days of the business calendar, `YYYY-MM-DD`, both inclusive. */
export const totalsQuery = z.strictObject({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  merchantId: id.optional(),
});

export type IdParam = z.infer<typeof idParam>;
export type DealsQuery = z.infer<typeof dealsQuery>;
export type DeferredQuery = z.infer<typeof deferredQuery>;
export type NumberedQuery = z.infer<typeof numberedQuery>;
export type SettlementsQuery = z.infer<typeof settlementsQuery>;
export type TotalsQuery = z.infer<typeof totalsQuery>;
