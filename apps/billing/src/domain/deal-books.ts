import type { Figures } from './figures.ts';

/** One merchant's figures for a month. */
export interface MerchantFigures extends Figures {
  readonly merchantId: number;
}

/** One deal as Deal itself has it. */
export interface BookedDeal {
  readonly dealId: number;
  readonly type: 'use' | 'useCancel';
  readonly point: number;
}

/** One page of a list, in ascending order, and where it goes on. */
export interface BookPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Deal's own books, asked over the network. All throw `DEAL_UNAVAILABLE`. */
export abstract class DealBooks {
  /** What Deal counts for one merchant and month. */
  abstract figuresOf(merchantId: number, billingMonth: string): Promise<Figures>;

  /** What Deal counts for every merchant with a deal in the month, by ascending merchant id. */
  abstract figuresOfAll(
    billingMonth: string,
    cursor: string | null,
    limit: number,
  ): Promise<BookPage<MerchantFigures>>;

  /** The uses and their cancels that Deal counts, by ascending deal id. */
  abstract dealsOf(
    merchantId: number,
    billingMonth: string,
    cursor: string | null,
    limit: number,
  ): Promise<BookPage<BookedDeal>>;
}
