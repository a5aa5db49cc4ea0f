import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import type { MerchantKey } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';

/** Shut a key out, for good. */
export class RevokeMerchantKey extends Command<MerchantKey> {
  constructor(
    readonly merchantId: number,
    readonly keyId: string,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(RevokeMerchantKey)
export class RevokeMerchantKeyHandler implements ICommandHandler<RevokeMerchantKey> {
  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  execute({ merchantId, keyId }: RevokeMerchantKey): Promise<MerchantKey> {
    return this.merchants.revokeKey(merchantId, keyId, this.clock.now());
  }
}
