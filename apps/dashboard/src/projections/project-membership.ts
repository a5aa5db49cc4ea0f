import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import { MemberCreated, MemberWithdrawn } from './heard.ts';

/** Members join and leave. Deals look a member's status up here: it changes on all of them at once. */
@EventsHandler(MemberCreated, MemberWithdrawn)
export class ProjectMembership implements IEventHandler<MemberCreated | MemberWithdrawn> {
  handle({ event: { data }, changes }: MemberCreated | MemberWithdrawn): void {
    changes.memberChanged({
      memberId: data.memberId,
      joinedAt: 'joinedAt' in data ? Date.parse(data.joinedAt) : null,
      withdrawnAt: 'withdrawnAt' in data ? Date.parse(data.withdrawnAt) : null,
    });
  }
}
