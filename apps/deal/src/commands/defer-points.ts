import { Injectable, Logger } from '@nestjs/common';
import { markOf } from '../domain/deal-end.ts';
import type { PointMark } from '../domain/deal-end.ts';
import type { Deal } from '../domain/deal.ts';
import type { RequestKey } from '../domain/deal-request.ts';
import { PointGateway, PointUnavailable } from '../domain/point-gateway.ts';
import { MarkPoints } from './mark-points.ts';

/**
 * The second half of a save or cancel. The deal and its event are committed, so its points will come
 * whatever happens here: this only tries to have them right by the time the caller reads the
 * balance. Never fails, and never waits longer than the budget of its kind (유보, deferral).
 */
@Injectable()
export class DeferPoints {
  private readonly logger = new Logger(DeferPoints.name);

  constructor(
    private readonly point: PointGateway,
    private readonly marks: MarkPoints,
  ) {}

  /** The deal as it is answered: its points applied, void, or still to come. */
  async attempt(deal: Deal, key: RequestKey | null): Promise<Deal> {
    const mark = await this.tryPoint(deal);
    const answered =
      mark === null
        ? deal
        : { ...deal, pointStatus: mark.pointStatus, pointReason: mark.pointReason };
    try {
      const answer = key === null ? null : { key, deal: answered };
      if (mark !== null || answer !== null) await this.marks.note({ mark, answer });
    } catch (error) {
      this.logger.warn({ err: error, dealId: deal.id }, 'mark left to the event of Point');
    }
    return answered;
  }

  private async tryPoint(deal: Deal): Promise<PointMark | null> {
    try {
      return markOf(deal.id, await this.point.apply(deal));
    } catch (error) {
      if (error instanceof PointUnavailable) return null;
      throw error;
    }
  }
}
