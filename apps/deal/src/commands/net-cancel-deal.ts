import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock, currentContext } from '@onepoint/platform';
import { DealBook } from '../domain/deal-book.ts';
import type { NetCancelRequest, NetCancelled } from '../domain/net-cancel.ts';
import { DeferPoints } from './defer-points.ts';

/**
 * Take back, by its key, a request that got no answer (망취소), whether or not it has arrived. Asked
 * again it answers the same. Throws `DEAL_NOT_CANCELLABLE` for the key of a cancel.
 */
export class NetCancelDeal extends Command<NetCancelled> {
  constructor(readonly of: NetCancelRequest['of']) {
    super();
  }
}

@Injectable()
@CommandHandler(NetCancelDeal)
export class NetCancelDealHandler implements ICommandHandler<NetCancelDeal> {
  constructor(
    private readonly book: DealBook,
    private readonly deferral: DeferPoints,
    private readonly clock: Clock,
  ) {}

  async execute({ of }: NetCancelDeal): Promise<NetCancelled> {
    const request = { of, origin: currentContext() };
    const done = await this.book.netCancel(request, this.clock.now());
    if (done.outcome !== 'cancelled' || !done.isNew) return done;
    return { ...done, deal: await this.deferral.attempt(done.deal, null) };
  }
}
