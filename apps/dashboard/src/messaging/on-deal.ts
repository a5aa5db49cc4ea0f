import { Controller } from '@nestjs/common';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { ProjectEvents } from '../projections/project-events.ts';

/** Hears of deals and of the merchants that make them. */
@Controller()
export class OnDeal {
  constructor(private readonly projections: ProjectEvents) {}

  @OnEvent('merchant.registered.v1')
  merchantRegistered(event: EventOf<'merchant.registered.v1'>): Promise<void> {
    return this.projections.hear('merchant.registered.v1', event);
  }

  @OnEvent('merchant.updated.v1')
  merchantUpdated(event: EventOf<'merchant.updated.v1'>): Promise<void> {
    return this.projections.hear('merchant.updated.v1', event);
  }

  @OnEvent('deal.saved.v1')
  saved(event: EventOf<'deal.saved.v1'>): Promise<void> {
    return this.projections.hear('deal.saved.v1', event);
  }

  @OnEvent('deal.used.v1')
  used(event: EventOf<'deal.used.v1'>): Promise<void> {
    return this.projections.hear('deal.used.v1', event);
  }

  @OnEvent('deal.save-cancelled.v1')
  saveCancelled(event: EventOf<'deal.save-cancelled.v1'>): Promise<void> {
    return this.projections.hear('deal.save-cancelled.v1', event);
  }

  @OnEvent('deal.use-cancelled.v1')
  useCancelled(event: EventOf<'deal.use-cancelled.v1'>): Promise<void> {
    return this.projections.hear('deal.use-cancelled.v1', event);
  }

  @OnEvent('deal.failed.v1')
  failed(event: EventOf<'deal.failed.v1'>): Promise<void> {
    return this.projections.hear('deal.failed.v1', event);
  }
}
