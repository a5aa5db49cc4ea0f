import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { RecordedDeal } from '../domain/deal-book.ts';
import type { RequestKey, SaveRequest } from '../domain/deal-request.ts';
import { DeferPoints } from './defer-points.ts';
import { RecordDeals } from './record-deals.ts';

/** Earn points with a purchase. Never waits for Point. Throws `MERCHANT_NOT_FOUND`. */
export class SavePoints extends Command<RecordedDeal> {
  constructor(
    readonly request: SaveRequest,
    readonly key: RequestKey | null,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(SavePoints)
export class SavePointsHandler implements ICommandHandler<SavePoints> {
  constructor(
    private readonly records: RecordDeals,
    private readonly deferral: DeferPoints,
  ) {}

  execute({ request, key }: SavePoints): Promise<RecordedDeal> {
    return this.records.record({ request, key }, (deal) => this.deferral.attempt(deal, key));
  }
}
