import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { RecordedDeal } from '../domain/deal-book.ts';
import type { CancelNewestRequest, CancelRequest, RequestKey } from '../domain/deal-request.ts';
import { DeferPoints } from './defer-points.ts';
import { RecordDeals } from './record-deals.ts';

/**
 * Take a deal back, once. Accepted whatever state Point is in (P6).
 * Throws `DEAL_NOT_FOUND`, `DEAL_NOT_CANCELLABLE`, `DEAL_ALREADY_CANCELLED`.
 */
export class CancelDeal extends Command<RecordedDeal> {
  constructor(
    readonly request: CancelRequest | CancelNewestRequest,
    readonly key: RequestKey | null,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(CancelDeal)
export class CancelDealHandler implements ICommandHandler<CancelDeal> {
  constructor(
    private readonly records: RecordDeals,
    private readonly deferral: DeferPoints,
  ) {}

  execute({ request, key }: CancelDeal): Promise<RecordedDeal> {
    return this.records.record({ request, key }, (deal) => this.deferral.attempt(deal, key));
  }
}
