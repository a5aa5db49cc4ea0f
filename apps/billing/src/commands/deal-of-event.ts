import type { EventDataOf, EventOf } from '@onepoint/contracts';
import type { LineType } from '../domain/settlement-line.ts';
import type { HeardDeal } from './accept-line.ts';

/** The events that may become lines. */
export const LINE_EVENTS = [
  'deal.used.v1',
  'deal.use-cancelled.v1',
  'deal.saved.v1',
  'deal.save-cancelled.v1',
] as const;

/** The key of an event that may become a line. */
export type LineEventKey = (typeof LINE_EVENTS)[number];

/** A successful deal in Billing's words. */
export function dealOfEvent({ type, data }: EventOf<LineEventKey>): HeardDeal {
  switch (type) {
    case 'deal.used':
      return heardDeal('use', data, null);
    case 'deal.use-cancelled':
      return heardDeal('useCancel', data, data.originalDealId);
    case 'deal.saved':
      return heardDeal('save', data, null);
    case 'deal.save-cancelled':
      return heardDeal('saveCancel', data, data.originalDealId);
    default:
      return type satisfies never;
  }
}

function heardDeal(
  type: LineType,
  data: EventDataOf<'deal.used.v1'>,
  originalDealId: number | null,
): HeardDeal {
  const { dealId, memberId, merchantId, point, commissionBps, earnChargeBps } = data;
  const dealDate = Date.parse(data.dealDate);
  const terms = { commissionBps, earnChargeBps };
  return { dealId, memberId, merchantId, type, point, ...terms, dealDate, originalDealId };
}
