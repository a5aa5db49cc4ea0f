/** Codes of the member service; their HTTP status stands in the platform's one table. */
export type MemberErrorCode = 'MEMBER_NOT_FOUND' | 'MEMBER_PHONE_TAKEN' | 'MEMBER_WITHDRAWN';

/** A refusal by the rules of the member service. Its message holds no personal data (P13). */
export class MemberError extends Error {
  override readonly name = 'MemberError';

  constructor(
    readonly code: MemberErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Nobody ever had this id. */
export function memberNotFound(memberId: number): MemberError {
  return new MemberError('MEMBER_NOT_FOUND', `there is no member ${memberId}`);
}

/** No valid member has this phone. */
export function phoneNotFound(): MemberError {
  return new MemberError('MEMBER_NOT_FOUND', 'no member has this phone');
}

/** A phone is unique among valid members. */
export function phoneTaken(): MemberError {
  return new MemberError('MEMBER_PHONE_TAKEN', 'another member has this phone');
}

/** A member who has left has no personal data that could change. */
export function memberWithdrawn(memberId: number): MemberError {
  return new MemberError('MEMBER_WITHDRAWN', `member ${memberId} has withdrawn`);
}
