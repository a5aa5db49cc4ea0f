import { id, pageLimit, wholeNumber } from '@onepoint/contracts';
import { z } from 'zod';

const krw = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });
const atLeastOne = wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER });
const parties = { memberId: id, merchantId: id };

/** The type of a cancel: of whatever the original is, or of one kind only. */
const cancelTypes = z.enum(['cancel', 'saveCancel', 'useCancel']);

/** `POST /deals`: a save, a use, or a cancel with or without the id of its original. */
export const newDealBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('save'), ...parties, dealAmount: atLeastOne }),
  z.strictObject({
    type: z.literal('use'),
    ...parties,
    dealAmount: krw.prefault(0),
    point: atLeastOne,
  }),
  z
    .strictObject({
      type: cancelTypes,
      ...parties,
      dealAmount: krw.optional(),
      originalDealId: id.optional(),
    })
    .refine((body) => body.originalDealId !== undefined || body.dealAmount !== undefined, {
      path: ['dealAmount'],
      error: 'is needed to find the deal when originalDealId is not given',
    }),
]);

/** `POST /deals/{id}/cancel`: everything is in the path; a body may only be empty. */
export const cancelBody = z.strictObject({}).nullish();

export const dealParam = z.strictObject({ id });

/** `GET /deals`. Times are ISO 8601; `from` is inclusive, `to` exclusive. */
export const dealsQuery = z.strictObject({
  memberId: id.optional(),
  merchantId: id.optional(),
  type: z.enum(['save', 'use', 'saveCancel', 'useCancel']).optional(),
  status: z.enum(['pending', 'success', 'fail']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: pageLimit,
  cursor: id.optional(),
});

export type NewDealBody = z.infer<typeof newDealBody>;
export type DealsQuery = z.infer<typeof dealsQuery>;
