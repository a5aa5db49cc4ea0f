import { businessDay, id, pageLimit, wholeNumber } from '@onepoint/contracts';
import type { BusinessCalendar } from '@onepoint/platform';
import { z } from 'zod';
import type { DealTerms } from '../domain/deal.ts';
import type { TermsDay, TermsWish } from '../domain/merchant-terms.ts';

const bps = wholeNumber({ min: 0, max: 10_000 });
const name = z.string().trim().min(1).max(100);
const rates = {
  earnRateBps: bps.optional(),
  commissionBps: bps.optional(),
  earnChargeBps: bps.optional(),
};
const terms = {
  ...rates,
  validFrom: businessDay
    .optional()
    .describe('the business day on which the terms begin, at midnight; today: now. Default: now'),
};
const rateNames = Object.keys(rates) as (keyof DealTerms)[];
const needsRates = {
  path: ['validFrom'],
  error: 'says when terms begin, and no terms are given',
};

type RatesBody = { readonly [Name in keyof DealTerms]?: number | undefined } & {
  readonly validFrom?: string | undefined;
};

const namesRates = (body: RatesBody): boolean => rateNames.some((rate) => body[rate] !== undefined);
const isWhole = (body: RatesBody): boolean => body.validFrom === undefined || namesRates(body);

/** Far below 2^53: the ids that the database gives later go on above the highest that was wanted. */
const wantedId = wholeNumber({ min: 1, max: 1_000_000_000_000 });

/** `POST /merchants`. */
export const newMerchantBody = z
  .strictObject({ id: wantedId.optional(), name, ...terms })
  .refine(isWhole, needsRates);

/** `PATCH /merchants/{id}`: a name holds at once, terms from `validFrom` on. */
export const changeBody = z
  .strictObject({ name: name.optional(), ...terms })
  .refine(isWhole, needsRates)
  .refine((body) => body.name !== undefined || body.validFrom !== undefined || namesRates(body), {
    error: 'says nothing to change',
  });

export const merchantParam = z.strictObject({ id });
export const listQuery = z.strictObject({ limit: pageLimit, cursor: id.optional() });

/** What was really said of terms: a field left out must not overwrite what stands. */
export function termsWishOf(body: RatesBody, calendar: BusinessCalendar): TermsWish {
  const said: { -readonly [Name in keyof DealTerms]?: number } = {};
  for (const rate of rateNames) {
    const value = body[rate];
    if (value !== undefined) said[rate] = value;
  }
  return { terms: said, day: dayOf(body.validFrom, calendar) };
}

function dayOf(day: string | undefined, calendar: BusinessCalendar): TermsDay | null {
  if (day === undefined) return null;
  return { name: day, startMs: calendar.startOfDay(day), endMs: calendar.endOfDay(day) };
}
