import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { SettlementFacts } from '../domain/settlement-facts.ts';
import type { MerchantTotals, MonthRange, SettlementDeal } from '../domain/settlement-facts.ts';

/** What the merchants' successful uses and use cancels of a month add up to, by merchant. */
export class SettlementTotals extends Query<readonly MerchantTotals[]> {
  constructor(
    readonly month: MonthRange,
    /** null: all merchants. */
    readonly merchantId: number | null,
    readonly after: number,
    readonly limit: number,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(SettlementTotals)
export class SettlementTotalsHandler implements IQueryHandler<SettlementTotals> {
  constructor(private readonly facts: SettlementFacts) {}

  execute(query: SettlementTotals): Promise<readonly MerchantTotals[]> {
    return this.facts.totals(query.month, query.merchantId, query.after, query.limit);
  }
}

/** The same deals one by one, ascending, to find the first that differs. */
export class SettlementDeals extends Query<readonly SettlementDeal[]> {
  constructor(
    readonly month: MonthRange,
    readonly merchantId: number,
    readonly after: number,
    readonly limit: number,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(SettlementDeals)
export class SettlementDealsHandler implements IQueryHandler<SettlementDeals> {
  constructor(private readonly facts: SettlementFacts) {}

  execute(query: SettlementDeals): Promise<readonly SettlementDeal[]> {
    return this.facts.deals(query.month, query.merchantId, query.after, query.limit);
  }
}
