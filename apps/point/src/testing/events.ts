import { randomUUID } from 'node:crypto';
import { eventCatalogue, parseEvent } from '@onepoint/contracts';
import type { EventDataOf, EventKey } from '@onepoint/contracts';
import type { OutgoingMessage } from '@onepoint/messaging';

/** A message as another service's relay would publish it; throws ContractBreach when none could. */
export function messageOf<K extends EventKey>(
  key: K,
  subject: string,
  data: EventDataOf<K>,
): OutgoingMessage {
  const { type, version, source } = eventCatalogue[key];
  const id = randomUUID();
  const occurredAt = new Date().toISOString();
  const envelope = { id, type, version, source, subject, occurredAt, sequence: 1, data };
  const body = JSON.stringify(parseEvent(key, { ...envelope, correlationId: 'spec' }));
  return { id, key, body, traceparent: null };
}

const at = '2026-11-23T03:00:00.000Z';
const terms = { earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 };

/** What Member says when somebody joins or leaves. */
export const memberSays = {
  created: (memberId: number) =>
    messageOf('member.created.v1', `member/${memberId}`, { memberId, joinedAt: at }),
  withdrawn: (memberId: number) =>
    messageOf('member.withdrawn.v1', `member/${memberId}`, { memberId, withdrawnAt: at }),
};

/** The parties and points of a deal that Deal tells of. */
export interface ToldDeal {
  readonly dealId: number;
  readonly memberId: number;
  readonly point: number;
}

const factOf = (deal: ToldDeal) => ({
  ...deal,
  merchantId: 20,
  dealAmount: deal.point * 100,
  dealDate: at,
  ...terms,
});

/** What Deal says of deals whose points may still have to move. */
export const dealSays = {
  saved: (deal: ToldDeal) => messageOf('deal.saved.v1', `deal/${deal.dealId}`, factOf(deal)),
  saveCancelled: (deal: ToldDeal, originalDealId: number) =>
    messageOf('deal.save-cancelled.v1', `deal/${deal.dealId}`, {
      ...factOf(deal),
      originalDealId,
      originalDealDate: at,
    }),
  useCancelled: (deal: ToldDeal, originalDealId: number) =>
    messageOf('deal.use-cancelled.v1', `deal/${deal.dealId}`, {
      ...factOf(deal),
      originalDealId,
      originalDealDate: at,
    }),
  failed: (
    deal: ToldDeal,
    debit: 'none' | 'refused' | 'not-sent' | 'unknown' = 'unknown',
    type: 'use' | 'save' = 'use',
  ) =>
    messageOf('deal.failed.v1', `deal/${deal.dealId}`, {
      ...deal,
      merchantId: 20,
      type,
      dealAmount: 10_000,
      dealDate: at,
      failReason: 'POINT_UNAVAILABLE',
      debit,
    }),
};
