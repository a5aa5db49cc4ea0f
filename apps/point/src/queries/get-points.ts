import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Ledger } from '../domain/ledger.ts';
import type { AccountView } from '../domain/ledger.ts';
import { accountNotFound } from '../domain/point.errors.ts';

/** What has a member got? Throws `POINT_ACCOUNT_NOT_FOUND`. */
export class GetPoints extends Query<AccountView> {
  constructor(readonly memberId: number) {
    super();
  }
}

@Injectable()
@QueryHandler(GetPoints)
export class GetPointsHandler implements IQueryHandler<GetPoints> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ memberId }: GetPoints): Promise<AccountView> {
    const account = await this.ledger.findAccount(memberId);
    if (account === null) throw accountNotFound(memberId);
    return account;
  }
}
