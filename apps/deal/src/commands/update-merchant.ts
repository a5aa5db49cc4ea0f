import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import type { Merchant } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';
import type { MerchantWish } from '../domain/merchant-book.ts';
import type { TermsWish } from '../domain/merchant-terms.ts';

/**
 * Change a merchant's name or terms, the terms from now or from a later day on; deals keep the terms
 * they were made under. Throws `MERCHANT_NOT_FOUND`, `TERMS_IN_PAST`.
 */
export class UpdateMerchant extends Command<Merchant> {
  constructor(
    readonly id: number,
    readonly wish: TermsWish & Partial<MerchantWish>,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(UpdateMerchant)
export class UpdateMerchantHandler implements ICommandHandler<UpdateMerchant> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  execute({ id, wish }: UpdateMerchant): Promise<Merchant> {
    return this.merchants.update(id, wish, this.clock.now());
  }
}
