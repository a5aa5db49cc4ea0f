import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import { merchantNotFound } from '../domain/deal.errors.ts';
import type { Merchant, MerchantKey } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';

/** Merchants with an id above `after`, ascending. */
export class ListMerchants extends Query<readonly Merchant[]> {
  constructor(
    readonly after: number,
    readonly limit: number,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(ListMerchants)
export class ListMerchantsHandler implements IQueryHandler<ListMerchants> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  execute({ after, limit }: ListMerchants): Promise<readonly Merchant[]> {
    return this.merchants.list(after, limit, this.clock.now());
  }
}

/** The keys of a merchant, without their secrets. Throws `MERCHANT_NOT_FOUND`. */
export class ListMerchantKeys extends Query<readonly MerchantKey[]> {
  constructor(readonly merchantId: number) {
    super();
  }
}

@Injectable()
@QueryHandler(ListMerchantKeys)
export class ListMerchantKeysHandler implements IQueryHandler<ListMerchantKeys> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  async execute({ merchantId }: ListMerchantKeys): Promise<readonly MerchantKey[]> {
    if ((await this.merchants.find(merchantId, this.clock.now())) === null)
      throw merchantNotFound(merchantId);
    return this.merchants.keysOf(merchantId);
  }
}
