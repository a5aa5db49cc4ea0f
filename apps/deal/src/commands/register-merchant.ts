import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import { USUAL_TERMS } from '../domain/merchant.ts';
import type { Merchant } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';
import type { MerchantWish } from '../domain/merchant-book.ts';

/** Take a shop into the network, on the usual terms unless it has its own. */
export class RegisterMerchant extends Command<Merchant> {
  constructor(
    /** null: the next free id. */
    readonly id: number | null,
    readonly wish: Pick<MerchantWish, 'name'> & Partial<MerchantWish>,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(RegisterMerchant)
export class RegisterMerchantHandler implements ICommandHandler<RegisterMerchant> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  execute({ id, wish }: RegisterMerchant): Promise<Merchant> {
    return this.merchants.register(id, { ...USUAL_TERMS, ...wish }, this.clock.now());
  }
}
