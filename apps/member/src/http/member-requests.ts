import { id } from '@onepoint/contracts';
import { z } from 'zod';
import {
  ADDRESS_CHARS_MAX,
  EMAIL_CHARS_MAX,
  FieldRefused,
  NAME_CHARS_MAX,
  PHONE_DIGITS,
  readAddress,
  readEmail,
  readName,
  readPhone,
} from '../domain/read-personal-field.ts';

const name = field(readName, { minLength: 1, maxLength: NAME_CHARS_MAX });
const address = field(readAddress, { minLength: 1, maxLength: ADDRESS_CHARS_MAX });
const email = field(readEmail, { format: 'email', maxLength: EMAIL_CHARS_MAX });
const phone = field(readPhone, {
  description: `${PHONE_DIGITS.min} to ${PHONE_DIGITS.max} digits; blanks, dashes, dots, parentheses and a leading + are left out`,
});

/** `POST /members`. */
export const signUpBody = z.strictObject({
  name,
  phone,
  address: address.nullable().default(null),
  email: email.nullable().default(null),
});

/** `PATCH /members/{id}`: what is absent stays, null clears an address or an email. */
export const updateBody = z
  .strictObject({
    name: name.exactOptional(),
    phone: phone.exactOptional(),
    address: address.nullable().exactOptional(),
    email: email.nullable().exactOptional(),
  })
  .refine((changes) => Object.keys(changes).length > 0, { error: 'must change something' });

/** `/members/{id}`. */
export const memberParam = z.strictObject({ id });

/** `GET /members?phone=`. */
export const phoneQuery = z.strictObject({ phone });

/** A text that one of the domain's rules reads; the input's description goes into the OpenAPI page. */
function field(read: (text: string) => string, meta: z.core.GlobalMeta) {
  return z
    .string()
    .meta(meta)
    .transform((text, context) => {
      try {
        return read(text);
      } catch (error) {
        if (!(error instanceof FieldRefused)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    })
    .pipe(z.string());
}
