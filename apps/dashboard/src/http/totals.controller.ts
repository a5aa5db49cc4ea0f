import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, ApiProblems, BusinessCalendar, Clock } from '@onepoint/platform';
import { GetTotals } from '../queries/get-totals.ts';
import { ListSettlements } from '../queries/list-settlements.ts';
import { settlementsAnswer, totalsAnswer } from './answers.ts';
import type { SettlementsAnswer, TotalsAnswer } from './answers.ts';
import { boundedDays } from './bounded-days.ts';
import { MarkFreshness } from './mark-freshness.ts';
import { settlementsQuery, totalsQuery } from './requests.ts';
import type { SettlementsQuery, TotalsQuery } from './requests.ts';
import { pageOf, settlementAnswerOf } from './views.ts';

/** What days and settlements come to. */
@Controller('api')
@ApiTags('totals and settlements')
@Allow('operator:dashboard')
@UseInterceptors(MarkFreshness)
export class TotalsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly calendar: BusinessCalendar,
    private readonly clock: Clock,
  ) {}

  @Get('totals')
  @ApiResponse({ status: 200, standardSchema: totalsAnswer })
  @ApiProblems(['INVALID_REQUEST'])
  async totals(@Query({ schema: totalsQuery }) query: TotalsQuery): Promise<TotalsAnswer> {
    const { from, to } = boundedDays(query, this.calendar.dayOf(this.clock.now()));
    const merchantId = query.merchantId ?? null;
    const items = await this.queries.execute(new GetTotals(from, to, merchantId));
    return { from, to, merchantId, items: [...items] };
  }

  @Get('settlements')
  @ApiResponse({ status: 200, standardSchema: settlementsAnswer })
  @ApiProblems(['INVALID_REQUEST'])
  async settlements(
    @Query({ schema: settlementsQuery }) query: SettlementsQuery,
  ): Promise<SettlementsAnswer> {
    const { limit, cursor, ...filter } = query;
    const found = await this.queries.execute(
      new ListSettlements(filter, cursor ?? null, limit + 1),
    );
    return pageOf(found, limit, settlementAnswerOf, ({ billingId }) => billingId);
  }
}
