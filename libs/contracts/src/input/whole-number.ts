import { z } from 'zod';

/** The inclusive range of a {@link wholeNumber}: safe integers, `min` ≤ `max`. */
export interface WholeNumberRange {
  readonly min: number;
  readonly max: number;
}

/** More digits than any safe integer needs, with room for leading zeros and blanks. */
const textLengthMax = 40;

/**
 * A whole number at the HTTP door: a JSON integer, or its decimal text with leading zeros or surrounding
 * blanks (`"0001"`, `" 200"`), as the programme's first clients send it. The output is always a number
 * from `min` to `max`.
 *
 * Fractions, exponents, a plus sign, a minus sign where the range has no negatives, booleans, null and
 * empty text are refused, all with one message that names the range.
 *
 * @throws RangeError when the range itself is not made of safe integers or is empty.
 */
export function wholeNumber(range: WholeNumberRange) {
  const { min, max } = range;
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
    throw new RangeError(`not a range of safe integers: ${min} to ${max}`);
  }
  const error = `must be a whole number from ${min} to ${max}`;
  const refusal = { error, abort: true }; // one fault is told once
  const exact = z.int(refusal).min(min, refusal).max(max, refusal);
  const text = z
    .string()
    .max(textLengthMax, refusal)
    .regex(min < 0 ? /^\s*-?\d+\s*$/ : /^\s*\d+\s*$/, refusal);
  // A union that is then piped, rather than a preprocessing step: JSON Schema can say what goes in (a
  // number or a text) and what comes out (a number), and OpenAPI shows both.
  return z
    .union([exact, text], { error })
    .transform((given) => Number(given) + 0) // + 0 makes one zero of the two
    .pipe(exact);
}

/** What names a thing in a request: {@link wholeNumber} from 1 to 2^53 - 1. */
export const id = wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER });
