import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import type { ValidMember } from '../domain/member.ts';
import { Members } from '../domain/members.ts';
import type { PersonalChanges } from '../domain/personal-data.ts';

/** Change personal data. Throws `MEMBER_NOT_FOUND`, `MEMBER_WITHDRAWN`, `MEMBER_PHONE_TAKEN`. */
export class UpdateMember extends Command<ValidMember> {
  constructor(
    readonly memberId: number,
    readonly changes: PersonalChanges,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(UpdateMember)
export class UpdateMemberHandler implements ICommandHandler<UpdateMember> {
  constructor(
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  execute({ memberId, changes }: UpdateMember): Promise<ValidMember> {
    return this.members.update(memberId, changes, this.clock.now());
  }
}
