import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import { Merchants } from '../domain/merchant.ts';
import type { MerchantFact } from '../domain/merchant.ts';

/** Keep what was heard of a merchant, unless something newer was heard before. */
export class KeepMerchant extends Command<void> {
  constructor(readonly fact: MerchantFact) {
    super();
  }
}

@Injectable()
@CommandHandler(KeepMerchant)
export class KeepMerchantHandler implements ICommandHandler<KeepMerchant> {
  constructor(
    private readonly merchants: Merchants,
    private readonly clock: Clock,
  ) {}

  execute({ fact }: KeepMerchant): Promise<void> {
    return this.merchants.keep(fact, this.clock.now());
  }
}
