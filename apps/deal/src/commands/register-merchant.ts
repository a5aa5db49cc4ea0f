import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import { MerchantBook } from '../domain/merchant-book.ts';
import type { MerchantWish, RegisteredMerchant } from '../domain/merchant-book.ts';
import type { RequestKey } from '../domain/deal-request.ts';

/** Take a shop into the network, on the usual terms unless it has its own. Throws `TERMS_IN_PAST`. */
export class RegisterMerchant extends Command<RegisteredMerchant> {
  constructor(
    /** null: the next free id. */
    readonly id: number | null,
    readonly wish: MerchantWish,
    readonly key: RequestKey | null,
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

  execute({ id, wish, key }: RegisterMerchant): Promise<RegisteredMerchant> {
    return this.merchants.register(id, wish, key, this.clock.now());
  }
}
