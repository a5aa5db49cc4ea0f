import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ContractBreach, parseEvent } from '@onepoint/contracts';
import { Allow, ApiProblems, InvalidRequest } from '@onepoint/platform';
import { z } from 'zod';
import { LINE_EVENTS, dealOfEvent } from '../commands/deal-of-event.ts';
import { RefillLines } from '../commands/refill-lines.ts';
import type { Refilled } from '../commands/refill-lines.ts';

/** Events of one page at most; a body of 64 KiB holds fewer. */
const EVENTS_MAX = 1_000;

const refillBody = z.strictObject({
  /** As Deal's journal has them; those that are no lines are passed over. */
  events: z
    .array(z.looseObject({ type: z.string().max(64), version: z.int().min(1) }))
    .max(EVENTS_MAX),
});
const count = z.int().min(0);
const refilledView = z
  .object({
    checked: count,
    filled: count,
    different: z.array(z.object({ dealId: z.int().min(1), field: z.string() })),
  })
  .meta({ id: 'Refilled' });

/** The way in for `npm run events -- rebuild billing`, over a door that is not published. */
@Controller('refill')
@ApiTags('internal')
@Allow('service')
export class RefillController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: "Set the lines beside Deal's journal, and fill the gaps" })
  @ApiResponse({ status: 200, standardSchema: refilledView })
  @ApiProblems(['INVALID_REQUEST'])
  refill(@Body({ schema: refillBody }) { events }: z.infer<typeof refillBody>): Promise<Refilled> {
    const deals = events.flatMap((told) => {
      const key = LINE_EVENTS.find((each) => each === `${told.type}.v${told.version}`);
      return key === undefined ? [] : [dealOfEvent(parsed(key, told))];
    });
    return this.commands.execute(new RefillLines(deals));
  }
}

function parsed(key: (typeof LINE_EVENTS)[number], told: object) {
  try {
    return parseEvent(key, told);
  } catch (error) {
    if (error instanceof ContractBreach) throw new InvalidRequest(error.message);
    throw error;
  }
}
