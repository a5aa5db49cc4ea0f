import { Injectable } from '@nestjs/common';
import { compareDeals } from '../domain/compare-books.ts';
import type { DealDifference } from '../domain/compare-books.ts';
import { DealBooks } from '../domain/deal-books.ts';
import { OwnBooks } from '../domain/own-books.ts';

/** Deals that are named of one merchant. */
export const DIFFERENCES_MAX = 10;
/** Deals that are compared at a time. */
const PAGE_DEALS = 200;
/** Pages of Deal's list that one search turns over, for all merchants together. */
const PAGES_MAX = 500;

/** A search through one month, with an end to its patience. */
export interface DifferenceSearch {
  /** The first deals of a merchant that differ; null when the search has gone on for too long. */
  of(merchantId: number): Promise<readonly DealDifference[] | null>;
}

/** Names the deals that Deal and Billing have differently. */
@Injectable()
export class FindDifferences {
  constructor(
    private readonly deal: DealBooks,
    private readonly own: OwnBooks,
  ) {}

  begin(billingMonth: string): DifferenceSearch {
    let pagesLeft = PAGES_MAX;
    const turn = (): boolean => {
      pagesLeft -= 1;
      return pagesLeft >= 0;
    };
    return { of: (merchantId) => this.search(merchantId, billingMonth, turn) };
  }

  private async search(
    merchantId: number,
    billingMonth: string,
    turn: () => boolean,
  ): Promise<readonly DealDifference[] | null> {
    const found: DealDifference[] = [];
    let after = 0;
    let cursor: string | null = null;
    do {
      if (!turn()) return found.length > 0 ? found : null;
      const page = await this.deal.dealsOf(merchantId, billingMonth, cursor, PAGE_DEALS);
      const last = page.nextCursor === null ? null : (page.items.at(-1)?.dealId ?? null);
      // More than these in one stretch are surplus, and name enough differences by themselves.
      const limit = PAGE_DEALS + DIFFERENCES_MAX;
      const range = { after, through: last, limit };
      const own = await this.own.dealsOf(merchantId, billingMonth, range);
      found.push(...compareDeals(page.items, own));
      after = last ?? after;
      cursor = page.nextCursor;
    } while (cursor !== null && found.length < DIFFERENCES_MAX);
    return found.slice(0, DIFFERENCES_MAX);
  }
}
