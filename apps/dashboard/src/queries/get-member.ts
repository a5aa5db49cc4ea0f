import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@onepoint/persistence';
import { findMember } from '../persistence/read-members.ts';
import type { SeenMember } from '../persistence/read-members.ts';
import { Generations } from '../persistence/generations.ts';
import { QueryError } from './query.errors.ts';

export type { SeenMember } from '../persistence/read-members.ts';

/** A member's status and balance. Throws `MEMBER_NOT_FOUND`. */
export class GetMember extends Query<SeenMember> {
  constructor(readonly memberId: number) {
    super();
  }
}

@QueryHandler(GetMember)
export class GetMemberHandler implements IQueryHandler<GetMember> {
  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  async execute({ memberId }: GetMember): Promise<SeenMember> {
    const member = await this.database.read((sql) =>
      findMember(sql, this.generations.serving, memberId),
    );
    if (member === null) {
      throw new QueryError('MEMBER_NOT_FOUND', `member ${memberId} is not known here`);
    }
    return member;
  }
}
