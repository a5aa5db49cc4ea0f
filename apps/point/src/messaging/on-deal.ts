import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { ApplyChange } from '../commands/apply-change.ts';
import { ReverseFailedUse } from '../commands/reverse-failed-use.ts';
import type { ChangeKind } from '../domain/point-change.ts';

/**
 * Deals whose point change may not have come yet. A use is not among them: its deal succeeds only
 * after Point has applied it.
 */
@Controller()
export class OnDeal {
  constructor(private readonly commands: CommandBus) {}

  @OnEvent('deal.saved.v1')
  async applySave({ data }: EventOf<'deal.saved.v1'>): Promise<void> {
    await this.apply('save', data, null);
  }

  @OnEvent('deal.save-cancelled.v1')
  async applySaveCancel({ data }: EventOf<'deal.save-cancelled.v1'>): Promise<void> {
    await this.apply('saveCancel', data, data.originalDealId);
  }

  @OnEvent('deal.use-cancelled.v1')
  async applyUseCancel({ data }: EventOf<'deal.use-cancelled.v1'>): Promise<void> {
    await this.apply('useCancel', data, data.originalDealId);
  }

  @OnEvent('deal.failed.v1')
  async undo({ data }: EventOf<'deal.failed.v1'>): Promise<void> {
    if (data.type !== 'use' || data.debit !== 'unknown') return;
    const { dealId, memberId, point } = data;
    await this.commands.execute(new ReverseFailedUse({ dealId, memberId, point }));
  }

  private async apply(
    kind: ChangeKind,
    { dealId, memberId, point }: { dealId: number; memberId: number; point: number },
    originalDealId: number | null,
  ): Promise<void> {
    await this.commands.execute(new ApplyChange({ dealId, memberId, kind, point, originalDealId }));
  }
}
