import { Controller } from '@nestjs/common';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { ProjectEvents } from '../projections/project-events.ts';

/** Hears of accounts and what moves them. */
@Controller()
export class OnPoint {
  constructor(private readonly projections: ProjectEvents) {}

  @OnEvent('point.account-opened.v1')
  opened(event: EventOf<'point.account-opened.v1'>): Promise<void> {
    return this.projections.hear('point.account-opened.v1', event);
  }

  @OnEvent('point.changed.v1')
  changed(event: EventOf<'point.changed.v1'>): Promise<void> {
    return this.projections.hear('point.changed.v1', event);
  }

  @OnEvent('point.extinguished.v1')
  extinguished(event: EventOf<'point.extinguished.v1'>): Promise<void> {
    return this.projections.hear('point.extinguished.v1', event);
  }
}
