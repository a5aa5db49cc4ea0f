/** Longest name, in characters. */
export const NAME_CHARS_MAX = 100;
/** Longest address, in characters. */
export const ADDRESS_CHARS_MAX = 300;
/** Longest email address, in characters (RFC 5321). */
export const EMAIL_CHARS_MAX = 254;
/** Fewest and most digits of a phone (most: ITU-T E.164). */
export const PHONE_DIGITS = { min: 7, max: 15 } as const;

/** A field cannot be taken as it is. Its message says why and never repeats the value (P13). */
export class FieldRefused extends Error {
  override readonly name = 'FieldRefused';
}

const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u;
const CONTROL = /\p{Cc}/u;
const PHONE = /^\+?[\d ().-]+$/;
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

/** A name: 1 to 100 visible characters, composed (NFC). Throws {@link FieldRefused}. */
export function readName(text: string): string {
  return readLine(text, NAME_CHARS_MAX);
}

/** An address in one line, at most 300 characters. Throws {@link FieldRefused}. */
export function readAddress(text: string): string {
  return readLine(text, ADDRESS_CHARS_MAX);
}

/** An email address: something, `@`, a domain with a dot. Throws {@link FieldRefused}. */
export function readEmail(text: string): string {
  const email = readLine(text, EMAIL_CHARS_MAX);
  if (!EMAIL.test(email)) throw new FieldRefused('must be an email address');
  return email;
}

/**
 * A phone as its digits: blanks, dashes, dots, parentheses and one leading `+` are left out. No
 * country is guessed, so `+82 10…` and `010…` are two phones. Throws {@link FieldRefused}.
 */
export function readPhone(text: string): string {
  const written = text.trim();
  const digits = PHONE.test(written) ? written.replaceAll(/\D/g, '') : '';
  const { min, max } = PHONE_DIGITS;
  if (digits.length < min || digits.length > max) {
    throw new FieldRefused(`must be a phone number of ${min} to ${max} digits`);
  }
  return digits;
}

function readLine(text: string, charsMax: number): string {
  if (!text.isWellFormed()) throw new FieldRefused('must be well-formed Unicode');
  const line = text.normalize('NFC').trim();
  if (!VISIBLE.test(line)) throw new FieldRefused('must not be blank');
  if ([...line].length > charsMax) {
    throw new FieldRefused(`must not be longer than ${charsMax} characters`);
  }
  if (CONTROL.test(line)) throw new FieldRefused('must not contain control characters');
  return line;
}
