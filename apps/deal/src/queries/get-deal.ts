import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { DealBook } from '../domain/deal-book.ts';
import { dealNotFound } from '../domain/deal.errors.ts';
import type { Deal } from '../domain/deal.ts';

/** One deal. Throws `DEAL_NOT_FOUND`, also for another merchant's (P12). */
export class GetDeal extends Query<Deal> {
  constructor(
    readonly dealId: number,
    /** null: any merchant's. */
    readonly merchantId: number | null,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(GetDeal)
export class GetDealHandler implements IQueryHandler<GetDeal> {
  constructor(private readonly book: DealBook) {}

  async execute({ dealId, merchantId }: GetDeal): Promise<Deal> {
    const deal = await this.book.find(dealId);
    if (deal === null) throw dealNotFound();
    if (merchantId !== null && deal.merchantId !== merchantId) throw dealNotFound();
    return deal;
  }
}
