import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, ApiProblems } from '@onepoint/platform';
import { GetDeal } from '../queries/get-deal.ts';
import { ListDeals } from '../queries/list-deals.ts';
import { ListDeferred } from '../queries/list-deferred.ts';
import { dealAnswer, dealsAnswer } from './answers.ts';
import type { DealAnswer, DealsAnswer } from './answers.ts';
import { MarkFreshness } from './mark-freshness.ts';
import { dealsQuery, deferredQuery, idParam } from './requests.ts';
import type { DealsQuery, DeferredQuery, IdParam } from './requests.ts';
import { dealAnswerOf, dealCursorOf, pageOf } from './views.ts';

/** Deals with all that is known of them, for the operators' page. */
@Controller('api')
@ApiTags('deals')
@Allow('operator:dashboard')
@UseInterceptors(MarkFreshness)
export class DealsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('deals/:id')
  @ApiResponse({ status: 200, standardSchema: dealAnswer })
  @ApiProblems(['INVALID_REQUEST', 'DEAL_NOT_FOUND'])
  async get(@Param({ schema: idParam }) { id }: IdParam): Promise<DealAnswer> {
    return dealAnswerOf(await this.queries.execute(new GetDeal(id)));
  }

  @Get('deals')
  @ApiResponse({ status: 200, standardSchema: dealsAnswer })
  @ApiProblems(['INVALID_REQUEST'])
  async list(@Query({ schema: dealsQuery }) query: DealsQuery): Promise<DealsAnswer> {
    const { limit, cursor, ...filter } = query;
    const deals = await this.queries.execute(new ListDeals(filter, cursor ?? null, limit + 1));
    return pageOf(deals, limit, dealAnswerOf, dealCursorOf);
  }

  @Get('deferred')
  @ApiResponse({ status: 200, standardSchema: dealsAnswer })
  @ApiProblems(['INVALID_REQUEST'])
  async deferred(
    @Query({ schema: deferredQuery }) { limit, cursor }: DeferredQuery,
  ): Promise<DealsAnswer> {
    const deals = await this.queries.execute(new ListDeferred(cursor ?? null, limit + 1));
    return pageOf(deals, limit, dealAnswerOf, dealCursorOf);
  }
}
