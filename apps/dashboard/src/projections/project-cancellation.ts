import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import { DealSaveCancelled, DealUseCancelled } from './heard.ts';

/** A cancel marks the deal that it takes back. */
@EventsHandler(DealSaveCancelled, DealUseCancelled)
export class ProjectCancellation implements IEventHandler<DealSaveCancelled | DealUseCancelled> {
  handle({ event: { data }, changes }: DealSaveCancelled | DealUseCancelled): void {
    changes.dealCancelled(data.originalDealId, data.dealId);
  }
}
