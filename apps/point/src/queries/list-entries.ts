import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Ledger } from '../domain/ledger.ts';
import type { EntryPage } from '../domain/ledger.ts';
import { accountNotFound } from '../domain/point.errors.ts';

/** The history of a member's account, newest first. Throws `POINT_ACCOUNT_NOT_FOUND`. */
export class ListEntries extends Query<EntryPage> {
  constructor(
    readonly memberId: number,
    /** Only entries with a smaller sequence; null begins with the newest. */
    readonly before: number | null,
    /** 1 to 200. */
    readonly limit: number,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(ListEntries)
export class ListEntriesHandler implements IQueryHandler<ListEntries> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ memberId, before, limit }: ListEntries): Promise<EntryPage> {
    if ((await this.ledger.findAccount(memberId)) === null) throw accountNotFound(memberId);
    return this.ledger.entriesOf(memberId, before, limit);
  }
}
