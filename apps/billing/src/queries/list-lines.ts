import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Statements } from '../domain/statements.ts';
import type { Statement, StatementLine } from '../domain/statements.ts';

/** A page of a billing's lines, in the order of their places. */
export interface LinePage {
  readonly lines: readonly StatementLine[];
  /** The place to go on behind; null at the end. */
  readonly nextAfter: number | null;
}

/** The settled lines of a billing behind a place (0: from the first). */
export class ListLines extends Query<LinePage> {
  constructor(
    readonly statement: Pick<Statement, 'id' | 'merchantId' | 'billingMonth'>,
    readonly after: number,
    readonly limit: number,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(ListLines)
export class ListLinesHandler implements IQueryHandler<ListLines> {
  constructor(private readonly statements: Statements) {}

  async execute({ statement, after, limit }: ListLines): Promise<LinePage> {
    // One more than asked for says whether the list goes on.
    const found = await this.statements.linesOf(statement, after, limit + 1);
    const lines = found.slice(0, limit);
    const more = found.length > limit;
    return { lines, nextAfter: more ? (lines.at(-1)?.place ?? null) : null };
  }
}
