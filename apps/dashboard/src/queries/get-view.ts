import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { findDeal } from '../persistence/list-deals.ts';
import type { SeenDeal } from '../persistence/list-deals.ts';
import { Generations } from '../persistence/generations.ts';
import { QueryError } from './query.errors.ts';

/** The seed's view of one deal: there is none of a failed one. Throws `VIEW_NOT_FOUND`. */
export class GetView extends Query<SeenDeal> {
  constructor(readonly dealId: number) {
    super();
  }
}

@QueryHandler(GetView)
export class GetViewHandler implements IQueryHandler<GetView> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  async execute({ dealId }: GetView): Promise<SeenDeal> {
    const deal = await this.database.read((sql) => findDeal(sql, this.generations.serving, dealId));
    if (deal?.status === 'success') return deal;
    throw new QueryError('VIEW_NOT_FOUND', `there is no view of deal ${dealId}`);
  }
}
