import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { DealBook } from '../domain/deal-book.ts';
import type { DealFilter } from '../domain/deal-book.ts';
import type { Deal } from '../domain/deal.ts';

/** Deals of a filter, newest first. */
export class ListDeals extends Query<readonly Deal[]> {
  constructor(
    readonly filter: DealFilter,
    /** 1 to 201: one more than a page shows whether there is another. */
    readonly limit: number,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(ListDeals)
export class ListDealsHandler implements IQueryHandler<ListDeals> {
  constructor(private readonly book: DealBook) {}

  execute({ filter, limit }: ListDeals): Promise<readonly Deal[]> {
    return this.book.list(filter, limit);
  }
}
