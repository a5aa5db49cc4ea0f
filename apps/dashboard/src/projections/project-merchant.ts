import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import { MerchantRegistered, MerchantUpdated } from './heard.ts';

/** A merchant's name and terms, as of its newest event; its keys are no business of ours. */
@EventsHandler(MerchantRegistered, MerchantUpdated)
export class ProjectMerchant implements IEventHandler<MerchantRegistered | MerchantUpdated> {
  handle({ event, changes }: MerchantRegistered | MerchantUpdated): void {
    const { merchantId, name, earnRateBps, commissionBps, earnChargeBps } = event.data;
    const at = Date.parse(event.occurredAt);
    changes.merchantChanged({
      ...{ merchantId, name, earnRateBps, commissionBps, earnChargeBps },
      sequence: event.sequence,
      registeredAt: event.type === 'merchant.registered' ? at : null,
      updatedAt: at,
    });
  }
}
