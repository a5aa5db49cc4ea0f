import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { Generations } from '../persistence/generations.ts';
import { listSettlements } from '../persistence/read-settlements.ts';
import type { SeenSettlement, SettlementFilter } from '../persistence/read-settlements.ts';

export type { SeenSettlement } from '../persistence/read-settlements.ts';

/** Billings that have been heard of, newest first. */
export class ListSettlements extends Query<readonly SeenSettlement[]> {
  constructor(
    readonly filter: SettlementFilter,
    /** Only billings with a smaller id; null begins with the newest. */
    readonly below: number | null,
    /** 1 to 201: one more than a page shows whether there is another. */
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListSettlements)
export class ListSettlementsHandler implements IQueryHandler<ListSettlements> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  execute({ filter, below, limit }: ListSettlements): Promise<readonly SeenSettlement[]> {
    const { serving } = this.generations;
    return this.database.read((sql) => listSettlements(sql, serving, filter, below, limit));
  }
}
