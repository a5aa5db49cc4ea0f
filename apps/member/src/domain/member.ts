import { memberWithdrawn } from './member.errors.ts';
import { changedFields } from './personal-data.ts';
import type { PersonalChanges, PersonalData, PersonalField } from './personal-data.ts';

/** What a member keeps for good, with or without personal data. Instants are epoch milliseconds. */
export interface MemberRecord {
  readonly id: number;
  /** Number of the newest event about this member, from 1. */
  readonly sequence: number;
  readonly joinedAt: number;
  readonly updatedAt: number;
}

/** A person enrolled in the programme. */
export interface ValidMember extends MemberRecord {
  readonly status: 'valid';
  readonly personal: PersonalData;
}

/** What is left of a member who has left (탈퇴): nothing personal. */
export interface WithdrawnMember extends MemberRecord {
  readonly status: 'withdrawn';
  readonly withdrawnAt: number;
}

/** A member is `valid`, then `withdrawn`, for good. */
export type Member = ValidMember | WithdrawnMember;

/** A member after a change, and what was changed. */
export interface UpdatedMember {
  readonly member: ValidMember;
  /** Empty when everything was so before: then nothing has happened. */
  readonly changed: readonly PersonalField[];
}

/** The member with the changes. Throws `MEMBER_WITHDRAWN`. */
export function withChanges(member: Member, changes: PersonalChanges, now: number): UpdatedMember {
  if (member.status === 'withdrawn') throw memberWithdrawn(member.id);
  const changed = changedFields(member.personal, changes);
  if (changed.length === 0) return { member, changed };
  return {
    member: {
      ...member,
      personal: { ...member.personal, ...changes },
      sequence: member.sequence + 1,
      updatedAt: now,
    },
    changed,
  };
}

/** The member after leaving: the personal data is gone, id and dates remain. */
export function withdrawnFrom(member: MemberRecord, now: number): WithdrawnMember {
  const { id, joinedAt, sequence } = member;
  return {
    id,
    status: 'withdrawn',
    sequence: sequence + 1,
    joinedAt,
    updatedAt: now,
    withdrawnAt: now,
  };
}
