import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, ApiProblems } from '@onepoint/platform';
import { GetMember } from '../queries/get-member.ts';
import { ListHistory } from '../queries/list-history.ts';
import { ListMerchants } from '../queries/list-merchants.ts';
import { historyAnswer, memberAnswer, merchantsAnswer } from './answers.ts';
import type { HistoryAnswer, MemberAnswer, MerchantsAnswer } from './answers.ts';
import { MarkFreshness } from './mark-freshness.ts';
import { idParam, numberedQuery } from './requests.ts';
import type { IdParam, NumberedQuery } from './requests.ts';
import { entryViewOf, memberAnswerOf, merchantAnswerOf, pageOf } from './views.ts';

/** Members with their points, and merchants. No personal data: Dashboard never hears any (P13). */
@Controller('api')
@ApiTags('members and merchants')
@Allow('operator:dashboard')
@UseInterceptors(MarkFreshness)
export class PartiesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('members/:id')
  @ApiResponse({ status: 200, standardSchema: memberAnswer })
  @ApiProblems(['INVALID_REQUEST', 'MEMBER_NOT_FOUND'])
  async member(@Param({ schema: idParam }) { id }: IdParam): Promise<MemberAnswer> {
    return memberAnswerOf(await this.queries.execute(new GetMember(id)));
  }

  @Get('members/:id/history')
  @ApiResponse({ status: 200, standardSchema: historyAnswer })
  @ApiProblems(['INVALID_REQUEST', 'MEMBER_NOT_FOUND'])
  async history(
    @Param({ schema: idParam }) { id }: IdParam,
    @Query({ schema: numberedQuery }) { limit, cursor }: NumberedQuery,
  ): Promise<HistoryAnswer> {
    const lines = await this.queries.execute(new ListHistory(id, cursor ?? null, limit + 1));
    return pageOf(lines, limit, entryViewOf, ({ sequence }) => sequence);
  }

  @Get('merchants')
  @ApiResponse({ status: 200, standardSchema: merchantsAnswer })
  @ApiProblems(['INVALID_REQUEST'])
  async merchants(
    @Query({ schema: numberedQuery }) { limit, cursor }: NumberedQuery,
  ): Promise<MerchantsAnswer> {
    const merchants = await this.queries.execute(new ListMerchants(cursor ?? 0, limit + 1));
    return pageOf(merchants, limit, merchantAnswerOf, ({ merchantId }) => merchantId);
  }
}
