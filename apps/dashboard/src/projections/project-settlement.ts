import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import { BillingSettled } from './heard.ts';

/** A part of a settlement run: its deals are settled now. */
@EventsHandler(BillingSettled)
export class ProjectSettlement implements IEventHandler<BillingSettled> {
  handle({ event: { data }, changes }: BillingSettled): void {
    const { billingId, runId, merchantId, billingMonth, chunk, chunks } = data;
    const dealIds = new Set(data.dealIds);
    for (const dealId of dealIds) changes.dealSettled(dealId, { billingId, runId });
    changes.chunkSettled({
      ...{ billingId, runId, merchantId, billingMonth, chunk, chunks },
      settledAt: Date.parse(data.settledAt),
      dealsNamed: dealIds.size,
    });
  }
}
