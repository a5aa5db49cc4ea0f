import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock, newMerchantKey } from '@onepoint/platform';
import type { RequestKey } from '../domain/deal-request.ts';
import { MerchantBook } from '../domain/merchant-book.ts';
import type { AddedKey } from '../domain/merchant-book.ts';

/**
 * Make a key for a merchant. Its secret is in this answer and nowhere else, ever (P12): a request that comes again under
 * its Idempotency-Key is told which key it made, without the secret.
 */
export class AddMerchantKey extends Command<AddedKey & { readonly secret: string | null }> {
  constructor(
    readonly merchantId: number,
    readonly key: RequestKey | null,
  ) {
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

  async execute({
    merchantId,
    key,
  }: AddMerchantKey): Promise<AddedKey & { readonly secret: string | null }> {
    const { keyId, hash, secret } = newMerchantKey();
    const kept = await this.merchants.addKey(merchantId, { keyId, hash }, key, this.clock.now());
    return { ...kept, secret: kept.replayed ? null : secret };
  }
}
