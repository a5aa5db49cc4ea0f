import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import { merchantNotFound } from '../domain/deal.errors.ts';
import type { Merchant } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';

/** One merchant. Throws `MERCHANT_NOT_FOUND`. */
export class GetMerchant extends Query<Merchant> {
  constructor(readonly id: number) {
    super();
  }
}

@Injectable()
@QueryHandler(GetMerchant)
export class GetMerchantHandler implements IQueryHandler<GetMerchant> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  async execute({ id }: GetMerchant): Promise<Merchant> {
    const merchant = await this.merchants.find(id, this.clock.now());
    if (merchant === null) throw merchantNotFound(id);
    return merchant;
  }
}
