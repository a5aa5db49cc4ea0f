import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import type { DealType } from '@onepoint/contracts';
import { DealFailed, DealSaveCancelled, DealSaved, DealUseCancelled, DealUsed } from './heard.ts';

type DealSucceeded = DealSaved | DealUsed | DealSaveCancelled | DealUseCancelled;

/** A deal has ended, as a success or a failure. Failed ones are kept and shown only on request. */
@EventsHandler(DealSaved, DealUsed, DealSaveCancelled, DealUseCancelled, DealFailed)
export class ProjectDealEnd implements IEventHandler<DealSucceeded | DealFailed> {
  handle(heard: DealSucceeded | DealFailed): void {
    const { data } = heard.event;
    const failed = 'failReason' in data;
    heard.changes.dealEnded(data.dealId, {
      memberId: data.memberId,
      merchantId: data.merchantId,
      type: failed ? data.type : typeOf(heard.event.type),
      dealAmount: data.dealAmount,
      point: data.point,
      dealDate: Date.parse(data.dealDate),
      status: failed ? 'fail' : 'success',
      failReason: failed ? data.failReason : null,
      originalDealId: 'originalDealId' in data ? data.originalDealId : null,
    });
  }
}

type DealEventType = (DealSucceeded | DealFailed)['event']['type'];

function typeOf(event: DealEventType): DealType {
  switch (event) {
    case 'deal.saved':
      return 'save';
    case 'deal.used':
      return 'use';
    case 'deal.save-cancelled':
      return 'saveCancel';
    case 'deal.use-cancelled':
      return 'useCancel';
    case 'deal.failed':
      throw new TypeError('a failed deal names its type itself');
    default:
      return event satisfies never;
  }
}
