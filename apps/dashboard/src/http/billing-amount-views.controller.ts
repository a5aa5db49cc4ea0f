import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { DealReadView, Page } from '@onepoint/contracts';
import { Allow, ApiProblems } from '@onepoint/platform';
import { GetView } from '../queries/get-view.ts';
import { ListDeals } from '../queries/list-deals.ts';
import { viewAnswer, viewsPage } from './answers.ts';
import { dealsQuery, idParam } from './requests.ts';
import type { DealsQuery, IdParam } from './requests.ts';
import { dealCursorOf, pageOf, readViewOf } from './views.ts';

/** The seed's views of deals, in its words. */
@Controller('billingAmountViews')
@ApiTags('billingAmountViews')
@Allow('operator:dashboard')
export class BillingAmountViewsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: viewAnswer })
  @ApiProblems(['INVALID_REQUEST', 'VIEW_NOT_FOUND'])
  async get(@Param({ schema: idParam }) { id }: IdParam): Promise<DealReadView> {
    return readViewOf(await this.queries.execute(new GetView(id)));
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: viewsPage })
  @ApiProblems(['INVALID_REQUEST'])
  async list(@Query({ schema: dealsQuery }) query: DealsQuery): Promise<Page<DealReadView>> {
    const { limit, cursor, ...filter } = query;
    const deals = await this.queries.execute(new ListDeals(filter, cursor ?? null, limit + 1));
    return pageOf(deals, limit, readViewOf, dealCursorOf);
  }
}
