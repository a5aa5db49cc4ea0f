import type { BookedDeal, MerchantFigures } from './deal-books.ts';

/** Which merchants: behind `after`, up to and with `through` (null: to the end), at most `limit`. */
export interface MerchantRange {
  readonly after: number;
  readonly through: number | null;
  readonly limit: number;
}

/** Which deals: behind `after`, up to and with `through` (null: to the end), at most `limit`. */
export type DealRange = MerchantRange;

/** Billing's own side of the comparison with Deal: settled lines and those still to be settled. */
export abstract class OwnBooks {
  /** Figures of the merchants that have a line in the month, by ascending id. */
  abstract figuresOf(
    billingMonth: string,
    merchants: MerchantRange,
  ): Promise<readonly MerchantFigures[]>;

  /** Uses and their cancels of one merchant and month, by ascending deal id. */
  abstract dealsOf(
    merchantId: number,
    billingMonth: string,
    deals: DealRange,
  ): Promise<readonly BookedDeal[]>;
}
