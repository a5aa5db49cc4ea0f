import { InvalidRequest } from '@onepoint/platform';

/** Days that one answer may span: a leap year. */
const DAYS_MAX = 366;
/** Days that are shown unless asked otherwise. */
const DAYS_DEFAULT = 31;
const DAY_MS = 86_400_000;

/**
 * The days that are asked for, both inclusive: until today unless told otherwise, 31 of them unless
 * told otherwise. Throws InvalidRequest when they are none or more than 366.
 */
export function boundedDays(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): { from: string; to: string } {
  const to = asked.to ?? (asked.from === undefined ? today : later(asked.from, DAYS_DEFAULT - 1));
  const from = asked.from ?? later(to, 1 - DAYS_DEFAULT);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days < 1 || days > DAYS_MAX) {
    throw new InvalidRequest('these days cannot be shown together', [
      { path: 'to', message: `must be 0 to ${DAYS_MAX - 1} days after from` },
    ]);
  }
  return { from, to };
}

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
