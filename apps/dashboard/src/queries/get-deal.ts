import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { findDeal } from '../persistence/list-deals.ts';
import type { SeenDeal } from '../persistence/list-deals.ts';
import { Generations } from '../persistence/generations.ts';
import { QueryError } from './query.errors.ts';

export type { SeenDeal } from '../persistence/list-deals.ts';

/** One deal, failed ones included. Throws `DEAL_NOT_FOUND`. */
export class GetDeal extends Query<SeenDeal> {
  constructor(readonly dealId: number) {
    super();
  }
}

@QueryHandler(GetDeal)
export class GetDealHandler implements IQueryHandler<GetDeal> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  async execute({ dealId }: GetDeal): Promise<SeenDeal> {
    const deal = await this.database.read((sql) => findDeal(sql, this.generations.serving, dealId));
    if (deal === null) throw new QueryError('DEAL_NOT_FOUND', `deal ${dealId} is not known here`);
    return deal;
  }
}
