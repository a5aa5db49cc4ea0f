import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { listDeals } from '../persistence/list-deals.ts';
import type { DealFilter, DealPlace, SeenDeal } from '../persistence/list-deals.ts';
import { Generations } from '../persistence/generations.ts';

/** Deals of a filter, newest first. */
export class ListDeals extends Query<readonly SeenDeal[]> {
  constructor(
    readonly filter: DealFilter,
    /** Where the page before ended; null begins with the newest. */
    readonly below: DealPlace | null,
    /** 1 to 201: one more than a page shows whether there is another. */
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListDeals)
export class ListDealsHandler implements IQueryHandler<ListDeals> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  execute({ filter, below, limit }: ListDeals): Promise<readonly SeenDeal[]> {
    const { serving } = this.generations;
    return this.database.read((sql) => listDeals(sql, serving, filter, below, limit));
  }
}
