import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, ledgerEntryView, page, pageLimit, pointView, wholeNumber } from '@onepoint/contracts';
import type { LedgerEntryView, Page, PointView } from '@onepoint/contracts';
import { Allow, ApiProblems } from '@onepoint/platform';
import { z } from 'zod';
import { GetPoints } from '../queries/get-points.ts';
import { ListEntries } from '../queries/list-entries.ts';
import { entryViewOf, pointViewOf } from './point-views.ts';

const memberParam = z.strictObject({ memberId: id });
const entriesQuery = z.strictObject({
  limit: pageLimit,
  cursor: wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER }).optional(),
});

/** Balances and their history, for operators and services. */
@Controller('points')
@ApiTags('points')
@Allow('operator:members', 'service')
export class PointsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':memberId')
  @ApiResponse({ status: 200, standardSchema: pointView })
  @ApiProblems(['INVALID_REQUEST', 'POINT_ACCOUNT_NOT_FOUND'])
  async get(
    @Param({ schema: memberParam }) { memberId }: z.infer<typeof memberParam>,
  ): Promise<PointView> {
    return pointViewOf(await this.queries.execute(new GetPoints(memberId)));
  }

  @Get(':memberId/entries')
  @ApiResponse({ status: 200, standardSchema: page(ledgerEntryView) })
  @ApiProblems(['INVALID_REQUEST', 'POINT_ACCOUNT_NOT_FOUND'])
  async entries(
    @Param({ schema: memberParam }) { memberId }: z.infer<typeof memberParam>,
    @Query({ schema: entriesQuery }) { limit, cursor }: z.infer<typeof entriesQuery>,
  ): Promise<Page<LedgerEntryView>> {
    const { entries, nextBefore } = await this.queries.execute(
      new ListEntries(memberId, cursor ?? null, limit),
    );
    return {
      items: entries.map(entryViewOf),
      nextCursor: nextBefore === null ? null : String(nextBefore),
    };
  }
}
