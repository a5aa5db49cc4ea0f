import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock, newMerchantKey } from '@onepoint/platform';
import type { MerchantKey } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';

/** Make a key for a merchant. Its secret is in this answer and nowhere else, ever (P12). */
export class AddMerchantKey extends Command<MerchantKey & { readonly secret: string }> {
  constructor(readonly merchantId: number) {
    super();
  }
}

@Injectable()
@CommandHandler(AddMerchantKey)
export class AddMerchantKeyHandler implements ICommandHandler<AddMerchantKey> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  async execute({ merchantId }: AddMerchantKey): Promise<MerchantKey & { secret: string }> {
    const { keyId, hash, secret } = newMerchantKey();
    const kept = await this.merchants.addKey(merchantId, { keyId, hash }, this.clock.now());
    return { ...kept, secret };
  }
}
