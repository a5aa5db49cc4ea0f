import type { DealTerms } from './deal.ts';
import { termsInPast } from './deal.errors.ts';

/**
 * One version of a merchant's terms: whole, never changed, never removed. Of all versions that have
 * begun, the one that began last is in force; of two that begin together, the one written later.
 */
export interface MerchantTerms extends DealTerms {
  readonly id: number;
  readonly merchantId: number;
  /** Epoch milliseconds. */
  readonly validFrom: number;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
}

/** A version among the others of its merchant. */
export interface ListedTerms extends MerchantTerms {
  readonly inForce: boolean;
}

/** What is wished of a merchant's terms, and from when on. */
export interface TermsWish {
  /** What is left out stays as it would be then. */
  readonly terms: Partial<DealTerms>;
  /** The business day on which they begin, by its first and last instant; null: now. */
  readonly day: TermsDay | null;
}

/** A business day. Epoch milliseconds; `endMs` is the first of the next day. */
export interface TermsDay {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The instant from which wished terms hold. A day that is still to come begins at its midnight;
 * today means from now on, for the deals of this morning have been made and keep their terms.
 *
 * @throws DealError `TERMS_IN_PAST`
 */
export function termsStart(day: TermsDay | null, now: number): number {
  if (day === null) return now;
  if (day.endMs <= now) throw termsInPast(day.name);
  return Math.max(day.startMs, now);
}

/** Whether a wish says anything of rates. */
export function namesRates({ terms }: TermsWish): boolean {
  return Object.keys(terms).length > 0;
}

/** The rates alone. */
export function ratesOf({ earnRateBps, commissionBps, earnChargeBps }: DealTerms): DealTerms {
  return { earnRateBps, commissionBps, earnChargeBps };
}
