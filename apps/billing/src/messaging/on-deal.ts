import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { AcceptLine } from '../commands/accept-line.ts';
import { dealOfEvent } from '../commands/deal-of-event.ts';
import type { LineEventKey } from '../commands/deal-of-event.ts';

/** Successful deals become lines of their merchant's month. */
@Controller()
export class OnDeal {
  constructor(private readonly commands: CommandBus) {}

  @OnEvent('deal.used.v1')
  use(event: EventOf<'deal.used.v1'>): Promise<void> {
    return this.accept(event);
  }

  @OnEvent('deal.use-cancelled.v1')
  cancelUse(event: EventOf<'deal.use-cancelled.v1'>): Promise<void> {
    return this.accept(event);
  }

  @OnEvent('deal.saved.v1')
  save(event: EventOf<'deal.saved.v1'>): Promise<void> {
    return this.accept(event);
  }

  @OnEvent('deal.save-cancelled.v1')
  cancelSave(event: EventOf<'deal.save-cancelled.v1'>): Promise<void> {
    return this.accept(event);
  }

  private async accept(event: EventOf<LineEventKey>): Promise<void> {
    await this.commands.execute(new AcceptLine(dealOfEvent(event)));
  }
}
