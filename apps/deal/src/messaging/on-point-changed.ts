import { Controller } from '@nestjs/common';
import type { EventOf } from '@onepoint/contracts';
import { OnEvent } from '@onepoint/messaging';
import { MarkPoints } from '../commands/mark-points.ts';

/**
 * A use was answered synchronously, and a reversal belongs to a deal that has failed: neither is of concern here. As
 * our outbox writes them, flat and without escapes; what is written otherwise is read.
 */
export const ANSWERED =
  /^\{"id":"[^"\\]*","type":"point\.changed","version":1,[^{}\\]*"data":\{"memberId":\d+,"dealId":\d+,"kind":"(?:use|reversal)",[^{}\\]*\}\}$/;

/** Point has got round to a deferred change: the deal says what became of it. */
@Controller()
export class OnPointChanged {
  constructor(private readonly marks: MarkPoints) {}

  @OnEvent('point.changed.v1', { unless: ANSWERED })
  async mark({ data }: EventOf<'point.changed.v1'>): Promise<void> {
    // Those that could not be told by their text.
    if (data.kind === 'use' || data.kind === 'reversal') return;
    await this.marks.mark({
      dealId: data.dealId,
      pointStatus: data.outcome === 'waiting' ? 'deferred' : data.outcome,
      pointReason: data.reason,
    });
  }
}
