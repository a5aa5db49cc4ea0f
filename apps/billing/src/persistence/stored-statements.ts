import { Injectable } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import { Statements } from '../domain/statements.ts';
import type { Statement, StatementFilter, StatementLine } from '../domain/statements.ts';
import { readLines } from './read-lines.ts';
import { findStatement, listStatements } from './read-statements.ts';

/** Statements out of Billing's own database. */
@Injectable()
export class StoredStatements extends Statements {
  constructor(private readonly database: Database) {
    super();
  }

  find(billingId: number): Promise<Statement | null> {
    return this.database.read((sql) => findStatement(sql, billingId));
  }

  list(filter: StatementFilter): Promise<readonly Statement[]> {
    return this.database.read((sql) => listStatements(sql, filter));
  }

  linesOf(
    billing: Pick<Statement, 'id' | 'merchantId' | 'billingMonth'>,
    after: number,
    limit: number,
  ): Promise<readonly StatementLine[]> {
    return this.database.read((sql) => readLines(sql, billing, after, limit));
  }
}
