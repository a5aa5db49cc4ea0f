import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { billingNotFound } from '../domain/billing.errors.ts';
import { Statements } from '../domain/statements.ts';
import type { Statement } from '../domain/statements.ts';

/** One billing. Throws `BILLING_NOT_FOUND`, also for another merchant's (P12). */
export class GetStatement extends Query<Statement> {
  constructor(
    readonly billingId: number,
    /** Whose it must be; null: anyone's. */
    readonly merchantId: number | null,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(GetStatement)
export class GetStatementHandler implements IQueryHandler<GetStatement> {
  constructor(private readonly statements: Statements) {}

  async execute({ billingId, merchantId }: GetStatement): Promise<Statement> {
    const statement = await this.statements.find(billingId);
    const isOthers = merchantId !== null && statement?.merchantId !== merchantId;
    if (statement === null || isOthers) throw billingNotFound(billingId);
    return statement;
  }
}
