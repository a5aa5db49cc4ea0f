import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { RecordedDeal } from '../domain/deal-book.ts';
import { pointUnavailable } from '../domain/deal.errors.ts';
import { endOfUnansweredUse, endOfUse } from '../domain/deal-end.ts';
import type { DealEnd } from '../domain/deal-end.ts';
import type { Deal } from '../domain/deal.ts';
import type { RequestKey, UseRequest } from '../domain/deal-request.ts';
import { PointGateway, PointUnavailable } from '../domain/point-gateway.ts';
import { EndUses } from './end-uses.ts';
import { RecordDeals } from './record-deals.ts';

/**
 * Pay with points. Synchronous: the answer is what Point decided, or `POINT_UNAVAILABLE` at once.
 * Throws `MERCHANT_NOT_FOUND`, `POINT_UNAVAILABLE`.
 */
export class UsePoints extends Command<RecordedDeal> {
  constructor(
    readonly request: UseRequest,
    readonly key: RequestKey | null,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(UsePoints)
export class UsePointsHandler implements ICommandHandler<UsePoints> {
  constructor(
    private readonly records: RecordDeals,
    private readonly ends: EndUses,
    private readonly point: PointGateway,
  ) {}

  execute({ request, key }: UsePoints): Promise<RecordedDeal> {
    return this.records.record({ request, key }, (deal) => this.decide(deal, key));
  }

  private async decide(pending: Deal, key: RequestKey | null): Promise<Deal> {
    const end = await this.askPoint(pending);
    const deal = await this.ends.end({ deal: pending, end, key });
    // Recovery may have been faster than a very late answer: then its failure stands.
    if (deal.failReason === 'POINT_UNAVAILABLE') throw pointUnavailable(deal.id);
    return deal;
  }

  private async askPoint(deal: Deal): Promise<DealEnd> {
    try {
      return endOfUse(await this.point.apply(deal));
    } catch (error) {
      if (error instanceof PointUnavailable) return endOfUnansweredUse(error);
      throw error;
    }
  }
}
