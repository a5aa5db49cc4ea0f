import type { Member, ValidMember, WithdrawnMember } from './member.ts';
import type { PersonalChanges, PersonalData } from './personal-data.ts';

/** What makes a request the same request when it is sent again. */
export interface RequestKey {
  /** Keys belong to the caller. */
  readonly caller: string;
  readonly key: string;
  /** Hash of route and body: the same key with another fingerprint is refused. */
  readonly fingerprint: string;
}

/** A member who has just joined, or the first answer to a request that came again. */
export interface SignedUp {
  readonly member: ValidMember;
  readonly replayed: boolean;
}

/**
 * Where members are kept. Each writing method is one transaction that writes the event with the
 * change (saving is publishing). `now` is epoch milliseconds.
 */
export abstract class Members {
  /** Throws `MEMBER_PHONE_TAKEN`; of sign-ups with one phone at the same time exactly one wins. */
  abstract signUp(personal: PersonalData, key: RequestKey | null, now: number): Promise<SignedUp>;

  /** Throws `MEMBER_NOT_FOUND`, `MEMBER_WITHDRAWN`, `MEMBER_PHONE_TAKEN`. */
  abstract update(memberId: number, changes: PersonalChanges, now: number): Promise<ValidMember>;

  /** Erases the personal data at once; twice is once. Throws `MEMBER_NOT_FOUND`. */
  abstract withdraw(memberId: number, now: number): Promise<WithdrawnMember>;

  abstract find(memberId: number): Promise<Member | null>;

  /** The valid member with this phone (digits only). */
  abstract findByPhone(phone: string): Promise<ValidMember | null>;
}
