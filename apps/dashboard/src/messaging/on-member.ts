import { Controller } from '@nestjs/common';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { ProjectEvents } from '../projections/project-events.ts';

/** Hears of members. */
@Controller()
export class OnMember {
  constructor(private readonly projections: ProjectEvents) {}

  @OnEvent('member.created.v1')
  created(event: EventOf<'member.created.v1'>): Promise<void> {
    return this.projections.hear('member.created.v1', event);
  }

  @OnEvent('member.updated.v1')
  updated(event: EventOf<'member.updated.v1'>): Promise<void> {
    return this.projections.hear('member.updated.v1', event);
  }

  @OnEvent('member.withdrawn.v1')
  withdrawn(event: EventOf<'member.withdrawn.v1'>): Promise<void> {
    return this.projections.hear('member.withdrawn.v1', event);
  }
}
