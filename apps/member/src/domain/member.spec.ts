import { describe, expect, it } from '@jest/globals';
import { withChanges, withdrawnFrom } from './member.ts';
import type { ValidMember } from './member.ts';

const JOINED_AT = 1_000;
const NOW = 2_000;

const member: ValidMember = {
  id: 7,
  status: 'valid',
  personal: { name: '안서연', phone: '01011111111', address: '용인시', email: null },
  sequence: 3,
  joinedAt: JOINED_AT,
  updatedAt: JOINED_AT,
};

describe('changing a member', () => {
  it('changes what is named, clears what is null and keeps the rest', () => {
    const { member: after, changed } = withChanges(member, { name: '안서윤', address: null }, NOW);
    expect(changed).toEqual(['name', 'address']);
    expect(after).toEqual({
      ...member,
      personal: { name: '안서윤', phone: '01011111111', address: null, email: null },
      sequence: 4,
      updatedAt: NOW,
    });
  });

  it('to what they were before is no change', () => {
    const result = withChanges(member, { name: '안서연', email: null }, NOW);
    expect(result).toEqual({ member, changed: [] });
  });

  it('who has withdrawn is refused', () => {
    const gone = withdrawnFrom(member, NOW);
    expect(() => withChanges(gone, { name: '안서연' }, NOW)).toThrow(
      expect.objectContaining({ code: 'MEMBER_WITHDRAWN' }),
    );
  });
});

it('what is left after a withdrawal is the id and the dates', () => {
  expect(withdrawnFrom(member, NOW)).toEqual({
    id: 7,
    status: 'withdrawn',
    sequence: 4,
    joinedAt: JOINED_AT,
    updatedAt: NOW,
    withdrawnAt: NOW,
  });
});
