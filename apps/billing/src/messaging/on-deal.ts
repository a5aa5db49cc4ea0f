import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EventDataOf, EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { AcceptLine } from '../commands/accept-line.ts';
import type { LineType } from '../domain/settlement-line.ts';

/** Successful deals become lines of their merchant's month. */
@Controller()
export class OnDeal {
  constructor(private readonly commands: CommandBus) {}

  @OnEvent('deal.used.v1')
  use({ data }: EventOf<'deal.used.v1'>): Promise<void> {
    return this.accept('use', data, null);
  }

  @OnEvent('deal.use-cancelled.v1')
  cancelUse({ data }: EventOf<'deal.use-cancelled.v1'>): Promise<void> {
    return this.accept('useCancel', data, data.originalDealId);
  }

  @OnEvent('deal.saved.v1')
  save({ data }: EventOf<'deal.saved.v1'>): Promise<void> {
    return this.accept('save', data, null);
  }

  @OnEvent('deal.save-cancelled.v1')
  cancelSave({ data }: EventOf<'deal.save-cancelled.v1'>): Promise<void> {
    return this.accept('saveCancel', data, data.originalDealId);
  }

  private async accept(
    type: LineType,
    data: EventDataOf<'deal.used.v1'>,
    originalDealId: number | null,
  ): Promise<void> {
    const { dealId, memberId, merchantId, point, commissionBps, earnChargeBps } = data;
    const dealDate = Date.parse(data.dealDate);
    await this.commands.execute(
      new AcceptLine({
        dealId,
        memberId,
        merchantId,
        type,
        point,
        commissionBps,
        earnChargeBps,
        dealDate,
        originalDealId,
      }),
    );
  }
}
