import type { MemberView } from '@onepoint/contracts';
import type { Member } from '../domain/member.ts';

/** A member as the door shows them; of one who has left, nothing personal (P13). */
export function memberViewOf(member: Member): MemberView {
  const { id, status, joinedAt, updatedAt } = member;
  const personal =
    member.status === 'valid'
      ? member.personal
      : { name: null, phone: null, address: null, email: null };
  return {
    id,
    name: personal.name,
    phone: personal.phone,
    address: personal.address,
    email: personal.email,
    status,
    joinedAt: isoOf(joinedAt),
    updatedAt: isoOf(updatedAt),
    withdrawnAt: member.status === 'withdrawn' ? isoOf(member.withdrawnAt) : null,
  };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
