import type { DealReadView, LedgerEntryView, Page } from '@onepoint/contracts';
import type { SeenDeal } from '../queries/get-deal.ts';
import type { SeenMember } from '../queries/get-member.ts';
import type { PointEntry } from '../queries/list-history.ts';
import type { SeenMerchant } from '../queries/list-merchants.ts';
import type { SeenSettlement } from '../queries/list-settlements.ts';
import type { DealAnswer, MemberAnswer, MerchantsAnswer, SettlementsAnswer } from './answers.ts';

/** The seed's view of a deal. */
export function readViewOf(deal: SeenDeal): DealReadView {
  return {
    id: deal.dealId,
    memberId: deal.memberId,
    merchantId: deal.merchantId,
    dealDate: isoOf(deal.dealDate),
    type: deal.type,
    point: deal.point,
    billingStatus: deal.billingStatus,
    memberStatus: deal.memberStatus,
  };
}

/** A deal with all that is known of it. */
export function dealAnswerOf(deal: SeenDeal): DealAnswer {
  return {
    ...readViewOf(deal),
    dealAmount: deal.dealAmount,
    status: deal.status,
    failReason: deal.failReason,
    pointStatus: deal.pointStatus,
    pointReason: deal.pointReason,
    originalDealId: deal.originalDealId,
    cancelledByDealId: deal.cancelledByDealId,
  };
}

/** A member with their balance; an account below zero has nothing available. */
export function memberAnswerOf({ account, ...member }: SeenMember): MemberAnswer {
  return {
    id: member.memberId,
    status: member.status,
    joinedAt: isoOrNull(member.joinedAt),
    withdrawnAt: isoOrNull(member.withdrawnAt),
    account:
      account === null
        ? null
        : {
            point: account.balance,
            available: Math.max(account.balance, 0),
            status: account.status,
            updatedAt: isoOf(account.changedAt),
          },
  };
}

/** A line of a member's ledger. */
export function entryViewOf({ enteredAt, ...entry }: PointEntry): LedgerEntryView {
  return { ...entry, createdAt: isoOf(enteredAt) };
}

/** A merchant and its terms. */
export function merchantAnswerOf(merchant: SeenMerchant): MerchantsAnswer['items'][number] {
  const { merchantId, registeredAt, updatedAt, ...terms } = merchant;
  return {
    id: merchantId,
    ...terms,
    registeredAt: isoOrNull(registeredAt),
    updatedAt: isoOf(updatedAt),
  };
}

/** What has been heard of a billing, and whether that is all of it. */
export function settlementAnswerOf(seen: SeenSettlement): SettlementsAnswer['items'][number] {
  const { billingId, merchantId, billingMonth, runs, usedPoints, cancelledPoints } = seen;
  return {
    ...{ billingId, merchantId, billingMonth, runs },
    lastSettledAt: isoOf(seen.lastSettledAt),
    deals: seen.dealsNamed,
    ...{ usedPoints, cancelledPoints, netPoints: usedPoints - cancelledPoints },
    complete: seen.chunks === seen.chunksHeard && seen.dealsNamed === seen.dealsKnown,
  };
}

/** One page out of what was asked for with one item more than the page holds. */
export function pageOf<Seen, View>(
  found: readonly Seen[],
  limit: number,
  viewOf: (seen: Seen) => View,
  cursorOf: (last: Seen) => string | number,
): Page<View> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(viewOf),
    nextCursor: last === undefined ? null : String(cursorOf(last)),
  };
}

/** Where a list of deals goes on. */
export function dealCursorOf({ dealDate, dealId }: SeenDeal): string {
  return `${dealDate}.${dealId}`;
}

/** Epoch milliseconds as UTC ISO 8601. */
export function isoOf(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

function isoOrNull(instantMs: number | null): string | null {
  return instantMs === null ? null : isoOf(instantMs);
}
