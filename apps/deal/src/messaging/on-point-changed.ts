import { Controller } from '@nestjs/common';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { MarkPoints } from '../commands/mark-points.ts';

/** Point has got round to a deferred change: the deal says what became of it. */
@Controller()
export class OnPointChanged {
  constructor(private readonly marks: MarkPoints) {}

  @OnEvent('point.changed.v1')
  async mark({ data }: EventOf<'point.changed.v1'>): Promise<void> {
    // A use was answered synchronously, and a reversal belongs to a deal that has failed.
    if (data.kind === 'use' || data.kind === 'reversal') return;
    await this.marks.mark({
      dealId: data.dealId,
      pointStatus: data.outcome === 'waiting' ? 'deferred' : data.outcome,
      pointReason: data.reason,
    });
  }
}
