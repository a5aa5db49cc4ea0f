/** What a member told us about themselves. Encrypted at rest, never logged, never in an event (P13). */
export interface PersonalData {
  readonly name: string;
  /** Digits only. */
  readonly phone: string;
  readonly address: string | null;
  readonly email: string | null;
}

/** One of the four things we know of a member. */
export type PersonalField = keyof PersonalData;

/** The fields, in the order in which they are named to others. */
export const personalFields: readonly PersonalField[] = ['name', 'phone', 'address', 'email'];

/** New values for some fields; a field that is absent stays, null clears an optional one. */
export type PersonalChanges = Partial<PersonalData>;

/** Which fields really get another value. */
export function changedFields(before: PersonalData, changes: PersonalChanges): PersonalField[] {
  return personalFields.filter(
    (field) => changes[field] !== undefined && changes[field] !== before[field],
  );
}
