import type { Member, ValidMember, WithdrawnMember } from '../domain/member.ts';
import type { PersonalDataSeal } from '../personal-data/personal-data-seal.ts';
import type { MemberEntity } from './member.entity.ts';

/** A row is neither a valid nor a withdrawn member: somebody changed it by hand. */
export class MemberRowDamaged extends Error {
  override readonly name = 'MemberRowDamaged';

  constructor(memberId: number) {
    super(`the row of member ${memberId} cannot be read`);
  }
}

/** The member of a row, decrypted. Throws {@link MemberRowDamaged} and what opening a seal throws. */
export function memberOf(row: MemberEntity, seal: PersonalDataSeal): Member {
  return withdrawnOf(row) ?? validOf(row, seal);
}

/** The member of a row if they have left: tells without decrypting anything. */
export function withdrawnOf(row: MemberEntity): WithdrawnMember | null {
  const { id, sequence, joinedAt, updatedAt, withdrawnAt } = row;
  if (withdrawnAt === null) return null;
  return { id, status: 'withdrawn', sequence, joinedAt, updatedAt, withdrawnAt };
}

function validOf(row: MemberEntity, seal: PersonalDataSeal): ValidMember {
  const { id, rowId, keyId, sealed, sequence, joinedAt, updatedAt } = row;
  if (keyId === null || sealed === null) throw new MemberRowDamaged(id);
  const personal = seal.open(rowId, { keyId, bytes: sealed });
  return { id, status: 'valid', personal, sequence, joinedAt, updatedAt };
}
