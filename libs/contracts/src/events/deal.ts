import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { instant } from '../values/instant.ts';
import { merchantTerms } from '../values/merchant-terms.ts';
import { amount, entityId } from '../values/numbers.ts';
import { dealType, debitFate, reasonCode } from '../values/words.ts';

/** A successful deal, with the merchant's terms as they stood when it was made. */
const dealFact = z.object({
  dealId: entityId,
  memberId: entityId,
  merchantId: entityId,
  dealAmount: amount.describe('KRW'),
  point: amount.describe('points given, spent or taken back; the direction is in the event'),
  dealDate: instant,
  ...merchantTerms,
});

/** A successful cancel: a deal of its own, at the original's points and the original's terms. */
const cancelFact = dealFact.extend({
  originalDealId: entityId,
  originalDealDate: instant,
});

/** A purchase earned points. */
export const dealSaved = defineEvent({
  key: 'deal.saved.v1',
  source: 'deal',
  aggregate: 'deal',
  meaning: 'A purchase earned points; Point adds them unless it already has.',
  data: dealFact,
});

/** A payment was made with points. */
export const dealUsed = defineEvent({
  key: 'deal.used.v1',
  source: 'deal',
  aggregate: 'deal',
  meaning: 'A payment was made with points; Point has already taken them.',
  data: dealFact,
});

/** A save was cancelled. */
export const dealSaveCancelled = defineEvent({
  key: 'deal.save-cancelled.v1',
  source: 'deal',
  aggregate: 'deal',
  meaning: 'A save was cancelled; Point takes its points back unless it already has.',
  data: cancelFact,
});

/** A use was cancelled. */
export const dealUseCancelled = defineEvent({
  key: 'deal.use-cancelled.v1',
  source: 'deal',
  aggregate: 'deal',
  meaning: 'A use was cancelled; Point gives its points back unless it already has.',
  data: cancelFact,
});

/** A deal failed, for good. */
export const dealFailed = defineEvent({
  key: 'deal.failed.v1',
  source: 'deal',
  aggregate: 'deal',
  meaning:
    'A deal failed for good; Point undoes its debit if there was one, and refuses a late one.',
  data: z.object({
    dealId: entityId,
    memberId: entityId,
    merchantId: entityId,
    type: dealType,
    dealAmount: amount.describe('KRW'),
    point: amount,
    dealDate: instant,
    failReason: reasonCode,
    debit: debitFate.describe('what Deal knows of the debit'),
  }),
});
