import { z } from 'zod';
import { instant } from '../values/instant.ts';
import { amount, entityId } from '../values/numbers.ts';
import {
  billingStatus,
  dealStatus,
  dealType,
  memberStatus,
  pointStatus,
  reasonCode,
} from '../values/words.ts';

/** A deal as Deal answers. */
export const dealView = z
  .object({
    id: entityId,
    memberId: entityId,
    merchantId: entityId,
    type: dealType,
    dealAmount: amount.describe('KRW'),
    point: amount.describe('points given, spent or taken back; the direction is in the type'),
    status: dealStatus,
    failReason: reasonCode.nullable().describe('null unless the deal failed'),
    pointStatus: pointStatus.nullable().describe('null while pending and for a failed deal'),
    pointReason: reasonCode.nullable().describe('why the points are deferred or void'),
    billingStatus,
    originalDealId: entityId.nullable().describe('the deal that this one cancels'),
    cancelledByDealId: entityId.nullable().describe('the deal that cancelled this one'),
    dealDate: instant,
  })
  .meta({ id: 'Deal' });
/** A deal as Deal answers. */
export type DealView = z.infer<typeof dealView>;

/** One successful deal as Dashboard answers at `/billingAmountViews`, in the seed's words. */
export const dealReadView = z
  .object({
    id: entityId.describe("the deal's id"),
    memberId: entityId,
    merchantId: entityId,
    dealDate: instant,
    type: dealType,
    point: amount,
    billingStatus,
    memberStatus: memberStatus.describe('valid until the withdrawal has been heard of'),
  })
  .meta({ id: 'DealReadView' });
/** One successful deal as Dashboard answers. */
export type DealReadView = z.infer<typeof dealReadView>;
