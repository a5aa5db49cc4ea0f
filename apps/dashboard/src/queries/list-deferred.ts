import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { listDeferred } from '../persistence/list-deals.ts';
import type { DealPlace, SeenDeal } from '../persistence/list-deals.ts';
import { Generations } from '../persistence/generations.ts';

/** Deals whose points are still awaited, the oldest first. */
export class ListDeferred extends Query<readonly SeenDeal[]> {
  constructor(
    /** Where the page before ended; null begins with the oldest. */
    readonly above: DealPlace | null,
    /** 1 to 201: one more than a page shows whether there is another. */
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListDeferred)
export class ListDeferredHandler implements IQueryHandler<ListDeferred> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  execute({ above, limit }: ListDeferred): Promise<readonly SeenDeal[]> {
    const { serving } = this.generations;
    return this.database.read((sql) => listDeferred(sql, serving, above, limit));
  }
}
