import { Controller } from '@nestjs/common';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { ProjectEvents } from '../projections/project-events.ts';

/** Hears of settlement runs. */
@Controller()
export class OnBilling {
  constructor(private readonly projections: ProjectEvents) {}

  @OnEvent('billing.settled.v1')
  settled(event: EventOf<'billing.settled.v1'>): Promise<void> {
    return this.projections.hear('billing.settled.v1', event);
  }
}
