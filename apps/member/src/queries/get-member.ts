import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { memberNotFound } from '../domain/member.errors.ts';
import type { Member } from '../domain/member.ts';
import { Members } from '../domain/members.ts';

/** Who is this member? Also answers for those who have left. Throws `MEMBER_NOT_FOUND`. */
export class GetMember extends Query<Member> {
  constructor(readonly memberId: number) {
    super();
  }
}

@Injectable()
@QueryHandler(GetMember)
export class GetMemberHandler implements IQueryHandler<GetMember> {
  constructor(private readonly members: Members) {}

  async execute({ memberId }: GetMember): Promise<Member> {
    const member = await this.members.find(memberId);
    if (member === null) throw memberNotFound(memberId);
    return member;
  }
}
