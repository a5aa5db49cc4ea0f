import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { phoneNotFound } from '../domain/member.errors.ts';
import type { ValidMember } from '../domain/member.ts';
import { Members } from '../domain/members.ts';

/** Whose phone is this (digits only)? Throws `MEMBER_NOT_FOUND`. */
export class FindMemberByPhone extends Query<ValidMember> {
  constructor(readonly phone: string) {
    super();
  }
}

@Injectable()
@QueryHandler(FindMemberByPhone)
export class FindMemberByPhoneHandler implements IQueryHandler<FindMemberByPhone> {
  constructor(private readonly members: Members) {}

  async execute({ phone }: FindMemberByPhone): Promise<ValidMember> {
    const member = await this.members.findByPhone(phone);
    if (member === null) throw phoneNotFound();
    return member;
  }
}
