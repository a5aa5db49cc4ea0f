import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { dealView } from '@onepoint/contracts';
import { Allow, ApiProblems, CallerOf, callerName } from '@onepoint/platform';
import type { Caller } from '@onepoint/platform';
import { z } from 'zod';
import { NetCancelDeal } from '../commands/net-cancel-deal.ts';
import { dealViewOf } from './deal-view.ts';

const netCancelBody = z.strictObject({
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/, {
      error: 'must be 1 to 255 printable ASCII characters, as it was sent',
    })
    .describe('the Idempotency-Key of the request that got no answer'),
});

const netCancelView = z
  .object({
    outcome: z.enum(['cancelled', 'failed', 'not-arrived']),
    deal: dealView
      .nullable()
      .describe('the cancel, or the failed deal; null when the request has not arrived'),
  })
  .meta({ id: 'NetCancel' });

/** A terminal's way out when it got no answer (망취소). Always 200, so that it can stop trying. */
@Controller('deals')
@ApiTags('deals')
@Allow('merchant', 'operator:merchants')
export class NetCancelController {
  constructor(private readonly commands: CommandBus) {}

  @Post('cancel-by-key')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: netCancelView })
  @ApiProblems(['INVALID_REQUEST', 'DEAL_NOT_CANCELLABLE', 'OVERLOADED'])
  async cancelByKey(
    @Body({ schema: netCancelBody }) { idempotencyKey }: z.infer<typeof netCancelBody>,
    @CallerOf() caller: Caller,
  ): Promise<z.infer<typeof netCancelView>> {
    const of = { caller: callerName(caller), key: idempotencyKey };
    const { outcome, deal } = await this.commands.execute(new NetCancelDeal(of));
    return { outcome, deal: deal === null ? null : dealViewOf(deal) };
  }
}
