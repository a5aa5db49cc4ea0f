import { businessMonth, id, pageLimit, wholeNumber } from '@onepoint/contracts';
import { z } from 'zod';

/** The seed's clients spell the merchant `mercharntId`; either word will do, not both. */
export const settleBody = z
  .strictObject({
    merchantId: id.optional(),
    mercharntId: id.optional(),
    billingMonth: businessMonth,
  })
  .refine((body) => (body.merchantId === undefined) !== (body.mercharntId === undefined), {
    path: ['merchantId'],
    error: 'is required once, as merchantId or mercharntId',
  });

/** The merchant that a body names, in either spelling. */
export function merchantOf(body: z.infer<typeof settleBody>): number {
  const merchantId = body.merchantId ?? body.mercharntId;
  if (merchantId === undefined) throw new TypeError('the schema lets no body pass without');
  return merchantId;
}

export const billingParam = z.strictObject({ id });

const cursor = wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER });

export const billingsQuery = z.strictObject({
  merchantId: id.optional(),
  billingMonth: businessMonth.optional(),
  limit: pageLimit,
  cursor: cursor.optional(),
});

export const linesQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursor.optional(),
  /** For CSV: begin with a byte order mark, by which Excel knows UTF-8. */
  bom: z.enum(['true', 'false']).optional(),
});

export const printQuery = z.strictObject({
  /** The language of the page. */
  lang: z.enum(['ko', 'en']).default('ko'),
});
