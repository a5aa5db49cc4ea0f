import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import type { EventKey } from '@onepoint/contracts';
import { heardClasses } from './heard.ts';
import type { Heard } from './heard.ts';

/** Every event says how far its service has been heard. */
@EventsHandler(...Object.values(heardClasses))
export class ProjectFreshness implements IEventHandler<Heard<EventKey>> {
  handle({ event, changes }: Heard<EventKey>): void {
    changes.eventHeard(event.source, Date.parse(event.occurredAt));
  }
}
