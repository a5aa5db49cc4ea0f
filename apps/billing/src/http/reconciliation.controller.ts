import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { page } from '@onepoint/contracts';
import type { Page } from '@onepoint/contracts';
import { Allow, ApiProblems } from '@onepoint/platform';
import type { z } from 'zod';
import type { ReconciledMerchant } from '../queries/reconcile-month.ts';
import { ReconcileMonth } from '../queries/reconcile-month.ts';
import {
  cursorText,
  readCursor,
  reconciledView,
  reconciliationQuery,
} from './reconciliation-views.ts';
import type { ReconciledView } from './reconciliation-views.ts';

/** Do Deal and Billing know of the same deals? */
@Controller('billings/reconciliation')
@ApiTags('billings')
@Allow('operator:settlement')
export class ReconciliationController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: "A month in Deal's books beside Billing's, merchant by merchant" })
  @ApiResponse({ status: 200, description: 'a page', standardSchema: page(reconciledView) })
  @ApiProblems(['INVALID_REQUEST', 'MONTH_IN_FUTURE', 'DEAL_UNAVAILABLE'])
  async compare(
    @Query({ schema: reconciliationQuery }) query: z.infer<typeof reconciliationQuery>,
  ): Promise<Page<ReconciledView>> {
    const { billingMonth, merchantId, limit, cursor } = query;
    const { merchants, next } = await this.queries.execute(
      new ReconcileMonth(billingMonth, merchantId ?? null, readCursor(cursor), limit),
    );
    return {
      items: merchants.map(reconciledViewOf),
      nextCursor: next === null ? null : cursorText(next),
    };
  }
}

function reconciledViewOf({ differences, ...merchant }: ReconciledMerchant): ReconciledView {
  return { ...merchant, differences: differences?.map((each) => ({ ...each })) ?? null };
}
