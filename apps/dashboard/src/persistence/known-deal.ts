import type { DealType, PointOutcome, PointStatus } from '@onepoint/contracts';

/** What Deal says of a deal, once and for good. Instants are epoch milliseconds. */
export interface DealFact {
  readonly memberId: number;
  readonly merchantId: number;
  readonly type: DealType;
  /** KRW. */
  readonly dealAmount: number;
  readonly point: number;
  readonly dealDate: number;
  readonly status: 'success' | 'fail';
  readonly failReason: string | null;
  readonly originalDealId: number | null;
}

/** What Point says of the deal's points. */
export interface PointsFact {
  readonly outcome: PointOutcome;
  readonly reason: string | null;
  readonly changedAt: number;
}

/** Which settlement run counted the deal. */
export interface SettlementFact {
  readonly billingId: number;
  readonly runId: number;
}

/** All that has been heard of one deal so far; each part may be the first to come. */
export interface KnownDeal {
  readonly dealId: number;
  readonly deal: DealFact | null;
  readonly points: PointsFact | null;
  readonly settlement: SettlementFact | null;
  readonly cancelledByDealId: number | null;
}

/** A deal of which nothing has been heard. */
export function unknownDeal(dealId: number): KnownDeal {
  return { dealId, deal: null, points: null, settlement: null, cancelledByDealId: null };
}

/**
 * Everything that both know. Commutative, associative and idempotent, so that neither order nor
 * repetition of events can matter (P4). A part that brings nothing new is kept as the object it was.
 */
export function joinDeals(known: KnownDeal, more: KnownDeal): KnownDeal {
  return {
    dealId: known.dealId,
    deal: known.deal ?? more.deal,
    points: joinPoints(known.points, more.points),
    settlement: joinSettlements(known.settlement, more.settlement),
    cancelledByDealId: lower(known.cancelledByDealId, more.cancelledByDealId),
  };
}

/** Whether a join has brought nothing new. */
export function isSameDeal(before: KnownDeal, after: KnownDeal): boolean {
  return (
    before.deal === after.deal &&
    before.points === after.points &&
    before.settlement === after.settlement &&
    before.cancelledByDealId === after.cancelledByDealId
  );
}

/** Where the deal's points stand; null while the deal itself is unknown and for a failed one. */
export function pointStatusOf({ deal, points }: KnownDeal): PointStatus | null {
  if (deal === null || deal.status === 'fail') return null;
  if (points !== null && points.outcome !== 'waiting') return points.outcome;
  // A use succeeds only after Point has taken its points.
  return deal.type === 'use' ? 'applied' : 'deferred';
}

/** A decision is final; of two that wait, the newer tells why. */
function joinPoints(known: PointsFact | null, more: PointsFact | null): PointsFact | null {
  if (known === null || more === null) return known ?? more;
  const rank = Number(known.outcome !== 'waiting') - Number(more.outcome !== 'waiting');
  if (rank !== 0) return rank > 0 ? known : more;
  return known.changedAt >= more.changedAt ? known : more;
}

/** A deal is in one run (P9); should two ever claim it, all orders agree on the first. */
function joinSettlements(
  known: SettlementFact | null,
  more: SettlementFact | null,
): SettlementFact | null {
  if (known === null || more === null) return known ?? more;
  return known.runId <= more.runId ? known : more;
}

function lower(known: number | null, more: number | null): number | null {
  if (known === null || more === null) return known ?? more;
  return Math.min(known, more);
}
