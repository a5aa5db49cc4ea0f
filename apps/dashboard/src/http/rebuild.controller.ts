import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, serviceNames } from '@onepoint/contracts';
import { Allow, ApiProblems } from '@onepoint/platform';
import { z } from 'zod';
import { BeginRebuild } from '../rebuild/begin-rebuild.ts';
import { EndRebuild } from '../rebuild/end-rebuild.ts';
import { FillRebuild } from '../rebuild/fill-rebuild.ts';
import { GetRebuild } from '../rebuild/get-rebuild.ts';
import type { RebuildState } from '../rebuild/rebuild-state.ts';

/** Events of one page at most; a body of 64 KiB holds fewer. */
const EVENTS_MAX = 1_000;

const generationBody = z.strictObject({ generation: id });
const eventsBody = z.strictObject({
  generation: id,
  /** As their services' journals have them. */
  events: z
    .array(
      z.looseObject({
        type: z.string().max(64),
        version: z.int().min(1),
        source: z.enum(serviceNames),
      }),
    )
    .max(EVENTS_MAX),
});
const stateView = z
  .object({ serving: z.int().min(1), building: z.int().min(1).nullable() })
  .meta({ id: 'RebuildState' });
const filledView = z.object({ unknown: z.int().min(0) }).meta({ id: 'RebuildFilled' });

/**
 * The way in for `npm run events -- rebuild dashboard`, over a door that is not published. The dashboard
 * calls nobody: whoever rebuilds reads the journals and brings the events here.
 */
@Controller('rebuild')
@ApiTags('internal')
@Allow('service')
export class RebuildController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Which generation is serving, and which is being built' })
  @ApiResponse({ status: 200, standardSchema: stateView })
  state(): Promise<RebuildState> {
    return this.queries.execute(new GetRebuild());
  }

  @Post()
  @ApiOperation({ summary: 'Begin a second read model, or go on with the one begun' })
  @ApiResponse({ status: 201, standardSchema: stateView })
  begin(): Promise<RebuildState> {
    return this.commands.execute(new BeginRebuild());
  }

  @Post('events')
  @HttpCode(200)
  @ApiOperation({ summary: 'Project events of the journals into the generation being built' })
  @ApiResponse({ status: 200, standardSchema: filledView })
  @ApiProblems(['INVALID_REQUEST', 'REBUILD_NOT_RUNNING'])
  async fill(
    @Body({ schema: eventsBody }) { generation, events }: z.infer<typeof eventsBody>,
  ): Promise<{ unknown: number }> {
    return { unknown: await this.commands.execute(new FillRebuild(generation, events)) };
  }

  @Post('swap')
  @HttpCode(200)
  @ApiOperation({ summary: 'Serve from the generation that was being built' })
  @ApiProblems(['INVALID_REQUEST', 'REBUILD_NOT_RUNNING'])
  @ApiResponse({ status: 200, standardSchema: stateView })
  async swap(
    @Body({ schema: generationBody }) { generation }: z.infer<typeof generationBody>,
  ): Promise<RebuildState> {
    await this.commands.execute(new EndRebuild({ end: 'swap', generation }));
    return this.state();
  }

  @Delete()
  @ApiOperation({ summary: 'Give up the generation that is being built' })
  @ApiResponse({ status: 200, standardSchema: stateView })
  async abort(): Promise<RebuildState> {
    await this.commands.execute(new EndRebuild({ end: 'abort' }));
    return this.state();
  }

  @Delete('old')
  @ApiOperation({ summary: 'Drop the generation that was serving before the last swap' })
  @ApiResponse({ status: 200, standardSchema: stateView })
  async dropOld(): Promise<RebuildState> {
    await this.commands.execute(new EndRebuild({ end: 'drop-old' }));
    return this.state();
  }
}
