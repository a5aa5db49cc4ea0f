import { z } from 'zod';
import { businessDay } from '../input/business-day.ts';
import { instant } from '../values/instant.ts';
import { merchantTerms } from '../values/merchant-terms.ts';
import { entityId } from '../values/numbers.ts';

/** A merchant as Deal answers. */
export const merchantView = z
  .object({
    id: entityId,
    name: z.string(),
    ...merchantTerms,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Merchant' });
/** A merchant as Deal answers. */
export type MerchantView = z.infer<typeof merchantView>;

/** The terms of a merchant from an instant on, until a version that begins later is in force. */
export const merchantTermsView = z
  .object({
    id: entityId,
    merchantId: entityId,
    ...merchantTerms,
    validFrom: instant,
    validFromDay: businessDay.describe('the business day in which validFrom lies'),
    writtenAt: instant,
    inForce: z.boolean().describe('a deal made now is made under these terms'),
  })
  .meta({ id: 'MerchantTerms' });
/** The terms of a merchant from an instant on. */
export type MerchantTermsView = z.infer<typeof merchantTermsView>;

const merchantKey = z.object({
  keyId: z.string(),
  merchantId: entityId,
  createdAt: instant,
  revokedAt: instant.nullable(),
});

/** An API key of a merchant. Its secret is kept nowhere (P12). */
export const merchantKeyView = merchantKey.meta({ id: 'MerchantKey' });
/** An API key of a merchant, without its secret. */
export type MerchantKeyView = z.infer<typeof merchantKeyView>;

/** An API key at the moment it is made: the only answer that ever shows the secret (P12). */
export const newMerchantKeyView = merchantKey
  .extend({
    secret: z
      .string()
      .nullable()
      .describe('the whole key to send as Bearer; shown once, null when the request comes again'),
  })
  .meta({ id: 'NewMerchantKey' });
/** An API key at the moment it is made. */
export type NewMerchantKeyView = z.infer<typeof newMerchantKeyView>;
