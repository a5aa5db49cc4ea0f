import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import type { WithdrawnMember } from '../domain/member.ts';
import { Members } from '../domain/members.ts';

/** Leave the programme for good (탈퇴); twice is once (P5, P13). Throws `MEMBER_NOT_FOUND`. */
export class WithdrawMember extends Command<WithdrawnMember> {
  constructor(readonly memberId: number) {
    super();
  }
}

@Injectable()
@CommandHandler(WithdrawMember)
export class WithdrawMemberHandler implements ICommandHandler<WithdrawMember> {
  constructor(
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  execute({ memberId }: WithdrawMember): Promise<WithdrawnMember> {
    return this.members.withdraw(memberId, this.clock.now());
  }
}
