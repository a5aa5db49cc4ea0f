import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { listMerchants } from '../persistence/read-merchants.ts';
import type { SeenMerchant } from '../persistence/read-merchants.ts';
import { Generations } from '../persistence/generations.ts';

export type { SeenMerchant } from '../persistence/read-merchants.ts';

/** Merchants in the order of their ids. */
export class ListMerchants extends Query<readonly SeenMerchant[]> {
  constructor(
    /** Only merchants with a larger id; 0 begins with the first. */
    readonly above: number,
    /** 1 to 201: one more than a page shows whether there is another. */
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListMerchants)
export class ListMerchantsHandler implements IQueryHandler<ListMerchants> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  execute({ above, limit }: ListMerchants): Promise<readonly SeenMerchant[]> {
    const { serving } = this.generations;
    return this.database.read((sql) => listMerchants(sql, serving, above, limit));
  }
}
