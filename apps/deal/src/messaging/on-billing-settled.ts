import { Controller } from '@nestjs/common';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { CommandBus } from '@nestjs/cqrs';
import { MarkSettled } from '../commands/mark-settled.ts';

/** Billing has settled deals: they turn their billing status. */
@Controller()
export class OnBillingSettled {
  constructor(private readonly commands: CommandBus) {}

  @OnEvent('billing.settled.v1')
  async markSettled({ data }: EventOf<'billing.settled.v1'>): Promise<void> {
    await this.commands.execute(new MarkSettled(data.dealIds));
  }
}
