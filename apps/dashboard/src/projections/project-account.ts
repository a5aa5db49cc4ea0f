import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import type { EventOf } from '@onepoint/contracts';
import type { ReadModelChanges } from '../persistence/read-model-changes.ts';
import { PointAccountOpened, PointChanged, PointExtinguished } from './heard.ts';

/** An account's balance and history, in the order of Point's sequence. */
@EventsHandler(PointAccountOpened, PointChanged, PointExtinguished)
export class ProjectAccount implements IEventHandler<
  PointAccountOpened | PointChanged | PointExtinguished
> {
  handle({ event, changes }: PointAccountOpened | PointChanged | PointExtinguished): void {
    switch (event.type) {
      case 'point.account-opened':
        return opened(event, changes);
      case 'point.changed':
        return changed(event, changes);
      case 'point.extinguished':
        return extinguished(event, changes);
      default:
        return event satisfies never;
    }
  }
}

function opened(
  { data, sequence }: EventOf<'point.account-opened.v1'>,
  changes: ReadModelChanges,
): void {
  const { memberId, openedAt } = data;
  const changedAt = Date.parse(openedAt);
  changes.balanceChanged({ memberId, sequence, balance: 0, changedAt, closedAt: null });
}

function changed({ data, sequence }: EventOf<'point.changed.v1'>, changes: ReadModelChanges): void {
  const { memberId, dealId, kind, outcome, reason, delta, balance } = data;
  // What waits, or is void for want of an account, has no place in an account's history.
  if (balance === null || outcome === 'waiting') return;
  // The balance is that of the newest line: written once, it is not written again for itself.
  changes.pointsEntered({
    ...{ memberId, sequence, dealId, kind, outcome, reason, delta, balance },
    enteredAt: Date.parse(data.changedAt),
  });
}

/** The remaining points are gone and the account is closed for good. */
function extinguished(
  { data, sequence }: EventOf<'point.extinguished.v1'>,
  changes: ReadModelChanges,
): void {
  const { memberId, point } = data;
  const closedAt = Date.parse(data.extinguishedAt);
  changes.balanceChanged({ memberId, sequence, balance: 0, changedAt: closedAt, closedAt });
  changes.pointsEntered({
    ...{ memberId, sequence, dealId: null, kind: 'extinguish', outcome: 'applied', reason: null },
    // Not `-point`: nothing to extinguish is 0, not minus zero.
    ...{ delta: 0 - point, balance: 0, enteredAt: closedAt },
  });
}
