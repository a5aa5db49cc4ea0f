import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import { merchantNotFound } from '../domain/deal.errors.ts';
import { MerchantBook } from '../domain/merchant-book.ts';
import type { ListedTerms } from '../domain/merchant-terms.ts';

/** The versions of a merchant's terms, the one written last first. Throws `MERCHANT_NOT_FOUND`. */
export class ListTerms extends Query<readonly ListedTerms[]> {
  constructor(
    readonly merchantId: number,
    /** Only versions written before this one; null: from the newest. */
    readonly before: number | null,
    readonly limit: number,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(ListTerms)
export class ListTermsHandler implements IQueryHandler<ListTerms> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  async execute({ merchantId, before, limit }: ListTerms): Promise<readonly ListedTerms[]> {
    const now = this.clock.now();
    const merchant = await this.merchants.find(merchantId, now);
    if (merchant === null) throw merchantNotFound(merchantId);
    return this.merchants.termsOf(merchantId, before, limit, now);
  }
}
