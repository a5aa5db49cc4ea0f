import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { monthCloseView } from '@onepoint/contracts';
import type { MonthCloseView } from '@onepoint/contracts';
import { Allow, ApiProblems } from '@onepoint/platform';
import type { z } from 'zod';
import { BeginClose } from '../commands/begin-close.ts';
import { GetClose } from '../queries/get-close.ts';
import { closeMonth, closeViewOf } from './close-views.ts';

/** A month is closed: every merchant of it is settled, in the background. */
@Controller('billings/close')
@ApiTags('closes')
@Allow('operator:settlement')
export class ClosesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Settle every merchant of a month; a second close is the same close' })
  @ApiResponse({ status: 202, description: 'how far it is', standardSchema: monthCloseView })
  @ApiProblems(['INVALID_REQUEST', 'MONTH_IN_FUTURE'])
  async begin(
    @Body({ schema: closeMonth }) { billingMonth }: z.infer<typeof closeMonth>,
  ): Promise<MonthCloseView> {
    await this.commands.execute(new BeginClose(billingMonth));
    return closeViewOf(await this.queries.execute(new GetClose(billingMonth)));
  }

  @Get(':billingMonth')
  @ApiOperation({ summary: 'How far the close of a month has come' })
  @ApiResponse({ status: 200, description: 'how far it is', standardSchema: monthCloseView })
  @ApiProblems(['INVALID_REQUEST', 'CLOSE_NOT_FOUND'])
  async progress(
    @Param({ schema: closeMonth }) { billingMonth }: z.infer<typeof closeMonth>,
  ): Promise<MonthCloseView> {
    return closeViewOf(await this.queries.execute(new GetClose(billingMonth)));
  }
}
