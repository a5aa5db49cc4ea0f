import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { Clock } from '@onepoint/platform';
import { readHeardSources } from '../persistence/read-freshness.ts';
import type { HeardSource } from '../persistence/read-freshness.ts';
import { Generations } from '../persistence/generations.ts';

export type { HeardSource } from '../persistence/read-freshness.ts';

/** How far the read model has come. Instants are epoch milliseconds. */
export interface Freshness {
  /** null: nothing was ever heard. */
  readonly newest: HeardSource | null;
  readonly sources: readonly HeardSource[];
  readonly now: number;
}

/** How far has everything been heard? */
export class GetFreshness extends Query<Freshness> {}

@QueryHandler(GetFreshness)
export class GetFreshnessHandler implements IQueryHandler<GetFreshness> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Freshness> {
    const sources = await this.database.read((sql) =>
      readHeardSources(sql, this.generations.serving),
    );
    const newest = sources.reduce<HeardSource | null>(
      (known, each) => (known === null || each.lastEventAt > known.lastEventAt ? each : known),
      null,
    );
    return { newest, sources, now: this.clock.now() };
  }
}
