import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { KeepMerchant } from '../commands/keep-merchant.ts';

/** Merchants join, and their names, terms and keys change. Each event tells the whole. */
@Controller()
export class OnMerchant {
  constructor(private readonly commands: CommandBus) {}

  @OnEvent('merchant.registered.v1')
  register(event: EventOf<'merchant.registered.v1'>): Promise<void> {
    return this.keep(event);
  }

  @OnEvent('merchant.updated.v1')
  update(event: EventOf<'merchant.updated.v1'>): Promise<void> {
    return this.keep(event);
  }

  private async keep({
    data,
    sequence,
  }: EventOf<'merchant.registered.v1' | 'merchant.updated.v1'>): Promise<void> {
    await this.commands.execute(new KeepMerchant({ ...data, sequence }));
  }
}
