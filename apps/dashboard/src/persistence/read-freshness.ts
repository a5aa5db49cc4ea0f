import type { ServiceName } from '@onepoint/contracts';
import type { Sql } from '@onepoint/persistence';
import type { ReadModelTables } from './read-model-tables.ts';

/** How far one service has been heard. Instants are epoch milliseconds. */
export interface HeardSource {
  readonly source: ServiceName;
  /** When its newest event happened. */
  readonly lastEventAt: number;
  /** When that event was projected. */
  readonly projectedAt: number;
}

/** How far each service has been heard; one that never was is absent. */
export function readHeardSources(sql: Sql, tables: ReadModelTables): Promise<HeardSource[]> {
  return sql.query(
    `SELECT source, last_event_at AS lastEventAt, projected_at AS projectedAt
     FROM ${tables.heardSource} ORDER BY source`,
  );
}
