import type { LedgerEntryKind, ServiceName } from '@onepoint/contracts';
import { joinDeals, unknownDeal } from './known-deal.ts';
import type { DealFact, KnownDeal, PointsFact, SettlementFact } from './known-deal.ts';

/** What is known of a member: never more than when they came and left (P13). Epoch milliseconds. */
export interface MemberFact {
  readonly memberId: number;
  readonly joinedAt: number | null;
  readonly withdrawnAt: number | null;
}

/** A merchant as of one of its events. */
export interface MerchantFact {
  readonly merchantId: number;
  readonly sequence: number;
  readonly name: string;
  readonly earnRateBps: number;
  readonly commissionBps: number;
  readonly earnChargeBps: number;
  /** Known from the registration alone. */
  readonly registeredAt: number | null;
  readonly updatedAt: number;
}

/** An account's balance as of one of its events. */
export interface BalanceFact {
  readonly memberId: number;
  readonly sequence: number;
  readonly balance: number;
  readonly changedAt: number;
  /** null: this event did not close it. */
  readonly closedAt: number | null;
}

/** One line of an account's history. */
export interface PointEntry {
  readonly memberId: number;
  readonly sequence: number;
  readonly dealId: number | null;
  readonly kind: LedgerEntryKind;
  readonly outcome: 'applied' | 'void';
  readonly reason: string | null;
  readonly delta: number;
  readonly balance: number;
  readonly enteredAt: number;
}

/** One part of a settlement run, as its event names it. */
export interface SettlementChunk extends SettlementFact {
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly settledAt: number;
  readonly chunk: number;
  readonly chunks: number;
  readonly dealsNamed: number;
}

/**
 * The changes of one batch of events, gathered by the projections and written in one transaction.
 * It holds facts, not rows: facts are joined among each other here and with what is stored there,
 * so that order, repetition and gaps of events leave no trace (P4).
 */
export class ReadModelChanges {
  readonly deals = new Map<number, KnownDeal>();
  readonly members: MemberFact[] = [];
  readonly merchants: MerchantFact[] = [];
  readonly balances = new Map<number, BalanceFact>();
  readonly pointEntries: PointEntry[] = [];
  readonly settlementChunks: SettlementChunk[] = [];
  /** The time of the newest event of each service, epoch milliseconds. */
  readonly heardUntil = new Map<ServiceName, number>();

  dealEnded(dealId: number, deal: DealFact): void {
    this.learn({ ...unknownDeal(dealId), deal });
  }

  dealCancelled(dealId: number, cancelledByDealId: number): void {
    this.learn({ ...unknownDeal(dealId), cancelledByDealId });
  }

  pointsDecided(dealId: number, points: PointsFact): void {
    this.learn({ ...unknownDeal(dealId), points });
  }

  dealSettled(dealId: number, settlement: SettlementFact): void {
    this.learn({ ...unknownDeal(dealId), settlement });
  }

  chunkSettled(chunk: SettlementChunk): void {
    this.settlementChunks.push(chunk);
  }

  memberChanged(member: MemberFact): void {
    this.members.push(member);
  }

  merchantChanged(merchant: MerchantFact): void {
    this.merchants.push(merchant);
  }

  balanceChanged(balance: BalanceFact): void {
    const known = this.balances.get(balance.memberId);
    this.balances.set(balance.memberId, known === undefined ? balance : newer(known, balance));
  }

  pointsEntered(entry: PointEntry): void {
    this.pointEntries.push(entry);
  }

  eventHeard(source: ServiceName, occurredAt: number): void {
    this.heardUntil.set(source, Math.max(occurredAt, this.heardUntil.get(source) ?? 0));
  }

  private learn(fact: KnownDeal): void {
    const known = this.deals.get(fact.dealId);
    this.deals.set(fact.dealId, known === undefined ? fact : joinDeals(known, fact));
  }
}

/** The balance of the later event; an account that was closed once stays closed. */
function newer(one: BalanceFact, other: BalanceFact): BalanceFact {
  const later = other.sequence > one.sequence ? other : one;
  const closings = [one.closedAt, other.closedAt].filter((closedAt) => closedAt !== null);
  return { ...later, closedAt: closings.length === 0 ? null : Math.min(...closings) };
}
