import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import { PointChanged } from './heard.ts';

/** Point has decided what becomes of a deal's points. */
@EventsHandler(PointChanged)
export class ProjectPointStatus implements IEventHandler<PointChanged> {
  handle({ event: { data }, changes }: PointChanged): void {
    // A reversal undoes a failed use, whose points no longer stand anywhere.
    if (data.kind === 'reversal') return;
    // A use is a success only because its points were taken: that it says itself, and its row is written once.
    if (data.kind === 'use' && data.outcome === 'applied') return;
    changes.pointsDecided(data.dealId, {
      outcome: data.outcome,
      reason: data.reason,
      changedAt: Date.parse(data.changedAt),
    });
  }
}
