import { newEvent } from '@onepoint/messaging';
import type { NewEvent } from '@onepoint/messaging';
import type { UpdatedMember, ValidMember, WithdrawnMember } from '../domain/member.ts';

/** Someone joined. */
export function created(member: ValidMember): NewEvent {
  return newEvent('member.created.v1', {
    ...about(member),
    data: { memberId: member.id, joinedAt: isoOf(member.joinedAt) },
  });
}

/** Which fields changed, never to what (P13). */
export function updated({ member, changed }: UpdatedMember): NewEvent {
  return newEvent('member.updated.v1', {
    ...about(member),
    data: { memberId: member.id, changed: [...changed] },
  });
}

/** A member left for good. */
export function withdrawn(member: WithdrawnMember): NewEvent {
  return newEvent('member.withdrawn.v1', {
    ...about(member),
    data: { memberId: member.id, withdrawnAt: isoOf(member.withdrawnAt) },
  });
}

function about(member: ValidMember | WithdrawnMember): {
  subject: string;
  sequence: number;
  occurredAt: number;
} {
  const { id, sequence, updatedAt } = member;
  return { subject: `member/${id}`, sequence, occurredAt: updatedAt };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
