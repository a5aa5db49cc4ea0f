import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { findMember, listEntries } from '../persistence/read-members.ts';
import type { PointEntry } from '../persistence/read-model-changes.ts';
import { Generations } from '../persistence/generations.ts';
import { QueryError } from './query.errors.ts';

export type { PointEntry } from '../persistence/read-model-changes.ts';

/** A member's ledger, newest first. Throws `MEMBER_NOT_FOUND`. */
export class ListHistory extends Query<readonly PointEntry[]> {
  constructor(
    readonly memberId: number,
    /** Only lines with a smaller sequence; null begins with the newest. */
    readonly below: number | null,
    /** 1 to 201: one more than a page shows whether there is another. */
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListHistory)
export class ListHistoryHandler implements IQueryHandler<ListHistory> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  execute({ memberId, below, limit }: ListHistory): Promise<readonly PointEntry[]> {
    const { serving } = this.generations;
    return this.database.read(async (sql) => {
      const entries = await listEntries(sql, serving, memberId, below, limit);
      if (entries.length === 0 && (await findMember(sql, serving, memberId)) === null) {
        throw new QueryError('MEMBER_NOT_FOUND', `member ${memberId} is not known here`);
      }
      return entries;
    });
  }
}
