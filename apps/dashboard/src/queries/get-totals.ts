import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { Generations } from '../persistence/generations.ts';
import { readDayTotals } from '../persistence/read-totals.ts';
import type { DayTotal } from '../persistence/read-totals.ts';

/** What each day's deals come to, by type. */
export class GetTotals extends Query<readonly DayTotal[]> {
  constructor(
    /** `YYYY-MM-DD`, inclusive. */
    readonly from: string,
    /** `YYYY-MM-DD`, inclusive. */
    readonly to: string,
    /** null: all merchants together. */
    readonly merchantId: number | null,
  ) {
    super();
  }
}

@QueryHandler(GetTotals)
export class GetTotalsHandler implements IQueryHandler<GetTotals> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  execute(range: GetTotals): Promise<readonly DayTotal[]> {
    return this.database.read((sql) => readDayTotals(sql, this.generations.serving, range));
  }
}
