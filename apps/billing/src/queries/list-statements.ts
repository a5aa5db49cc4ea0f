import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { merchantNotFound } from '../domain/billing.errors.ts';
import { Merchants } from '../domain/merchant.ts';
import { Statements } from '../domain/statements.ts';
import type { Statement, StatementFilter } from '../domain/statements.ts';

/** A page of billings, newest first. */
export interface StatementPage {
  readonly statements: readonly Statement[];
  /** The id to go on below; null at the end. */
  readonly nextBefore: number | null;
}

/** Billings of a merchant, of a month, or of all. Throws `MERCHANT_NOT_FOUND`. */
export class ListStatements extends Query<StatementPage> {
  constructor(readonly filter: StatementFilter) {
    super();
  }
}

@Injectable()
@QueryHandler(ListStatements)
export class ListStatementsHandler implements IQueryHandler<ListStatements> {
  constructor(
    private readonly statements: Statements,
    private readonly merchants: Merchants,
  ) {}

  async execute({ filter }: ListStatements): Promise<StatementPage> {
    const { merchantId, limit } = filter;
    if (merchantId !== null && !(await this.merchants.isKnown(merchantId))) {
      throw merchantNotFound(merchantId);
    }
    // One more than asked for says whether the list goes on.
    const found = await this.statements.list({ ...filter, limit: limit + 1 });
    const statements = found.slice(0, limit);
    const more = found.length > limit;
    return { statements, nextBefore: more ? (statements.at(-1)?.id ?? null) : null };
  }
}
