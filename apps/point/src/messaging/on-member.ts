import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { ChangeMembership } from '../commands/change-membership.ts';

/** Members join and leave: accounts open and close. */
@Controller()
export class OnMember {
  constructor(private readonly commands: CommandBus) {}

  @OnEvent('member.created.v1')
  async open({ data }: EventOf<'member.created.v1'>): Promise<void> {
    const { memberId } = data;
    await this.commands.execute(new ChangeMembership({ memberId, change: 'joined' }));
  }

  @OnEvent('member.withdrawn.v1')
  async close({ data }: EventOf<'member.withdrawn.v1'>): Promise<void> {
    const { memberId } = data;
    await this.commands.execute(new ChangeMembership({ memberId, change: 'withdrawn' }));
  }
}
