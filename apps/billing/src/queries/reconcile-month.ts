import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { BusinessCalendar, Clock } from '@onepoint/platform';
import { monthInFuture } from '../domain/billing.errors.ts';
import { compareMerchants } from '../domain/compare-books.ts';
import type { DealDifference, MerchantComparison } from '../domain/compare-books.ts';
import { DealBooks } from '../domain/deal-books.ts';
import type { MerchantFigures } from '../domain/deal-books.ts';
import { OwnBooks } from '../domain/own-books.ts';
import { FindDifferences } from './find-differences.ts';

/** How far a comparison has come: behind this merchant, on this page of Deal's list. */
export interface ReconciliationCursor {
  readonly after: number;
  /** null: its first page. */
  readonly dealCursor: string | null;
}

/** One merchant's comparison. */
export interface ReconciledMerchant extends MerchantComparison {
  /** The first deals that differ; null when nobody looked, because others took too long. */
  readonly differences: readonly DealDifference[] | null;
}

/** A page of the comparison. */
export interface Reconciliation {
  readonly merchants: readonly ReconciledMerchant[];
  readonly next: ReconciliationCursor | null;
}

/**
 * Does Billing know of the same deals as Deal? Merchant by merchant, ascending, or one alone. Throws
 * `DEAL_UNAVAILABLE` and `MONTH_IN_FUTURE`.
 */
export class ReconcileMonth extends Query<Reconciliation> {
  constructor(
    readonly billingMonth: string,
    /** null: all. */
    readonly merchantId: number | null,
    readonly from: ReconciliationCursor,
    /** 1 to 200. */
    readonly limit: number,
  ) {
    super();
  }
}

interface ComparedPage {
  readonly merchants: readonly MerchantComparison[];
  readonly next: ReconciliationCursor | null;
}

@Injectable()
@QueryHandler(ReconcileMonth)
export class ReconcileMonthHandler implements IQueryHandler<ReconcileMonth> {
  constructor(
    private readonly deal: DealBooks,
    private readonly own: OwnBooks,
    private readonly differences: FindDifferences,
    private readonly calendar: BusinessCalendar,
    private readonly clock: Clock,
  ) {}

  async execute(query: ReconcileMonth): Promise<Reconciliation> {
    const { billingMonth, merchantId } = query;
    if (billingMonth > this.calendar.monthOf(this.clock.now())) throw monthInFuture(billingMonth);
    const { merchants, next } =
      merchantId === null
        ? await this.compareAll(query)
        : await this.compareOne(billingMonth, merchantId);
    return { merchants: await this.withDifferences(billingMonth, merchants), next };
  }

  private async compareOne(billingMonth: string, merchantId: number): Promise<ComparedPage> {
    const deal = await this.deal.figuresOf(merchantId, billingMonth);
    const alone = { after: merchantId - 1, through: merchantId, limit: 1 };
    const billing = await this.own.figuresOf(billingMonth, alone);
    return { merchants: compareMerchants([{ merchantId, ...deal }], billing), next: null };
  }

  /**
   * Goes by the pages of Deal's list, with those merchants between that only Billing has. Should
   * they be more than a page holds, Deal's page is asked for again with the next one.
   */
  private async compareAll({ billingMonth, from, limit }: ReconcileMonth): Promise<ComparedPage> {
    const page = await this.deal.figuresOfAll(billingMonth, from.dealCursor, limit);
    const last = page.nextCursor === null ? null : (page.items.at(-1)?.merchantId ?? null);
    const range = { after: from.after, through: last, limit };
    const billing = await this.own.figuresOf(billingMonth, range);
    const end = billing.length === limit ? (billing.at(-1)?.merchantId ?? last) : last;
    const isHere = ({ merchantId }: MerchantFigures): boolean =>
      merchantId > from.after && (end === null || merchantId <= end);
    const compared = compareMerchants(page.items.filter(isHere), billing);
    const merchants = compared.slice(0, limit);
    const shownTo = compared.length > limit ? (merchants.at(-1)?.merchantId ?? end) : end;
    return { merchants, next: nextOf(from, last, shownTo, page.nextCursor) };
  }

  private async withDifferences(
    billingMonth: string,
    merchants: readonly MerchantComparison[],
  ): Promise<ReconciledMerchant[]> {
    const search = this.differences.begin(billingMonth);
    const reconciled: ReconciledMerchant[] = [];
    for (const each of merchants) {
      const differences = each.same ? [] : await search.of(each.merchantId);
      reconciled.push({ ...each, differences });
    }
    return reconciled;
  }
}

function nextOf(
  from: ReconciliationCursor,
  last: number | null,
  end: number | null,
  dealNext: string | null,
): ReconciliationCursor | null {
  if (end === null) return null;
  return { after: end, dealCursor: end === last ? dealNext : from.dealCursor };
}
