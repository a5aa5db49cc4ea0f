import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { billingView, page } from '@onepoint/contracts';
import type { BillingView, Page } from '@onepoint/contracts';
import { fingerprintOf } from '@onepoint/persistence';
import { Allow, ApiProblems, CallerOf, callerName, IdempotencyKey } from '@onepoint/platform';
import type { Caller, Replayable } from '@onepoint/platform';
import type { z } from 'zod';
import { SettleMonth } from '../commands/settle-month.ts';
import { GetStatement } from '../queries/get-statement.ts';
import { ListStatements } from '../queries/list-statements.ts';
import { AnswerOnce } from './answer-once.ts';
import { billingParam, billingsQuery, merchantOf, settleBody } from './billing-requests.ts';
import { statementViewOf } from './billing-views.ts';
import { boundMerchantOf, visibleMerchant } from './own-billings.ts';

/** What the network owes a merchant for a month: settle it, look at it. */
@Controller('billings')
@ApiTags('billings')
@Allow('merchant', 'operator:settlement')
export class BillingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly answers: AnswerOnce,
  ) {}

  @Post()
  @Allow('operator:settlement')
  @ApiOperation({ summary: 'Settle what is not settled yet; asked again, nothing changes' })
  @ApiResponse({ status: 201, description: 'a new run was made', standardSchema: billingView })
  @ApiResponse({ status: 200, description: 'nothing was new', standardSchema: billingView })
  @ApiProblems([
    'INVALID_REQUEST',
    'MERCHANT_NOT_FOUND',
    'MONTH_IN_FUTURE',
    'IDEMPOTENCY_KEY_REUSED',
    'SETTLEMENT_INCOMPLETE',
    'DEAL_UNAVAILABLE',
    'OVERLOADED',
  ])
  async settle(
    @Body({ schema: settleBody }) body: z.infer<typeof settleBody>,
    @IdempotencyKey() key: string | null,
    @CallerOf() caller: Caller,
  ): Promise<Replayable<BillingView>> {
    const fingerprint = fingerprintOf({ route: 'POST /billings', body });
    const claim = key === null ? null : { caller: callerName(caller), key, fingerprint };
    return this.answers.to(claim, async () => {
      const command = new SettleMonth(merchantOf(body), body.billingMonth);
      const { billingId, newRun } = await this.commands.execute(command);
      const statement = await this.queries.execute(new GetStatement(billingId, null));
      return { status: newRun ? 201 : 200, body: statementViewOf(statement) };
    });
  }

  @Get()
  @ApiOperation({ summary: 'Billings of a merchant or a month, newest first' })
  @ApiResponse({ status: 200, description: 'a page', standardSchema: page(billingView) })
  @ApiProblems(['INVALID_REQUEST', 'MERCHANT_NOT_FOUND'])
  async list(
    @Query({ schema: billingsQuery }) query: z.infer<typeof billingsQuery>,
    @CallerOf() caller: Caller,
  ): Promise<Page<BillingView>> {
    const { billingMonth, limit, cursor } = query;
    const { statements, nextBefore } = await this.queries.execute(
      new ListStatements({
        merchantId: visibleMerchant(caller, query.merchantId),
        billingMonth: billingMonth ?? null,
        before: cursor ?? null,
        limit,
      }),
    );
    return {
      items: statements.map(statementViewOf),
      nextCursor: nextBefore === null ? null : String(nextBefore),
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One billing with its runs' })
  @ApiResponse({ status: 200, description: 'the billing', standardSchema: billingView })
  @ApiProblems(['INVALID_REQUEST', 'BILLING_NOT_FOUND'])
  async get(
    @Param({ schema: billingParam }) { id }: z.infer<typeof billingParam>,
    @CallerOf() caller: Caller,
  ): Promise<BillingView> {
    const statement = await this.queries.execute(new GetStatement(id, boundMerchantOf(caller)));
    return statementViewOf(statement);
  }
}
