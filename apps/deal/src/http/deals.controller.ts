import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { dealView, page } from '@onepoint/contracts';
import type { DealView, Page } from '@onepoint/contracts';
import { Allow, ApiProblems, CallerOf, IdempotencyKey, Replayable } from '@onepoint/platform';
import type { Caller } from '@onepoint/platform';
import type { z } from 'zod';
import { CancelDeal } from '../commands/cancel-deal.ts';
import { SavePoints } from '../commands/save-points.ts';
import { UsePoints } from '../commands/use-points.ts';
import type { RecordedDeal } from '../domain/deal-book.ts';
import type { RequestKey } from '../domain/deal-request.ts';
import { GetDeal } from '../queries/get-deal.ts';
import { ListDeals } from '../queries/list-deals.ts';
import { cancelBody, dealParam, dealsQuery, newDealBody } from './deal-requests.ts';
import type { DealsQuery, NewDealBody } from './deal-requests.ts';
import { dealViewOf } from './deal-view.ts';
import { requestKey } from './request-key.ts';
import { boundMerchantOf, requireOwnDeals, requireOwnMerchant } from './tenancy.ts';

/** The till's door: save, use, cancel, look up. */
@Controller('deals')
@ApiTags('deals')
@Allow('merchant', 'operator:merchants')
export class DealsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiResponse({ status: 201, standardSchema: dealView })
  @ApiProblems([
    'INVALID_REQUEST',
    'MERCHANT_NOT_FOUND',
    'DEAL_NOT_FOUND',
    'DEAL_ALREADY_CANCELLED',
    'DEAL_NOT_CANCELLABLE',
    'DEAL_CANCELLED_BEFORE_ARRIVAL',
    'REQUEST_IN_PROGRESS',
    'IDEMPOTENCY_KEY_REUSED',
    'POINT_UNAVAILABLE',
    'OVERLOADED',
  ])
  async create(
    @Body({ schema: newDealBody }) body: NewDealBody,
    @CallerOf() caller: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Replayable<DealView>> {
    requireOwnMerchant(caller, body.merchantId);
    return answer(await this.carryOut(body, requestKey(caller, key, 'POST /deals', body)));
  }

  @Post(':id/cancel')
  @HttpCode(201)
  @ApiResponse({ status: 201, standardSchema: dealView })
  @ApiProblems([
    'INVALID_REQUEST',
    'DEAL_NOT_FOUND',
    'DEAL_ALREADY_CANCELLED',
    'DEAL_NOT_CANCELLABLE',
    'REQUEST_IN_PROGRESS',
    'IDEMPOTENCY_KEY_REUSED',
    'OVERLOADED',
  ])
  async cancel(
    @Param({ schema: dealParam }) { id }: z.infer<typeof dealParam>,
    @Body({ schema: cancelBody }) _body: unknown,
    @CallerOf() caller: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Replayable<DealView>> {
    const request = {
      kind: 'cancel' as const,
      originalDealId: id,
      merchantId: boundMerchantOf(caller),
      memberId: null,
      dealAmount: null,
      originalType: null,
    };
    const named = requestKey(caller, key, `POST /deals/${id}/cancel`, null);
    return answer(await this.commands.execute(new CancelDeal(request, named)));
  }

  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: dealView })
  @ApiProblems(['INVALID_REQUEST', 'DEAL_NOT_FOUND'])
  async get(
    @Param({ schema: dealParam }) { id }: z.infer<typeof dealParam>,
    @CallerOf() caller: Caller,
  ): Promise<DealView> {
    return dealViewOf(await this.queries.execute(new GetDeal(id, boundMerchantOf(caller))));
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: page(dealView) })
  @ApiProblems(['INVALID_REQUEST', 'DEAL_NOT_FOUND'])
  async list(
    @Query({ schema: dealsQuery }) query: DealsQuery,
    @CallerOf() caller: Caller,
  ): Promise<Page<DealView>> {
    const { limit, cursor, from, to, merchantId, ...filter } = query;
    const found = await this.queries.execute(
      new ListDeals(
        {
          ...filter,
          merchantId: requireOwnDeals(caller, merchantId),
          from: from === undefined ? undefined : Date.parse(from),
          to: to === undefined ? undefined : Date.parse(to),
          before: cursor,
        },
        limit + 1,
      ),
    );
    const items = found.slice(0, limit).map(dealViewOf);
    return { items, nextCursor: found.length > limit ? String(items.at(-1)!.id) : null };
  }

  private carryOut(body: NewDealBody, key: RequestKey | null): Promise<RecordedDeal> {
    const { memberId, merchantId } = body;
    switch (body.type) {
      case 'save': {
        const { dealAmount } = body;
        const request = { kind: 'save' as const, memberId, merchantId, dealAmount };
        return this.commands.execute(new SavePoints(request, key));
      }
      case 'use': {
        const { dealAmount, point } = body;
        const request = { kind: 'use' as const, memberId, merchantId, dealAmount, point };
        return this.commands.execute(new UsePoints(request, key));
      }
      case 'cancel':
      case 'saveCancel':
      case 'useCancel':
        return this.commands.execute(new CancelDeal(cancelRequestOf(body), key));
      default: {
        const unknown: never = body;
        throw new TypeError(`unknown type: ${JSON.stringify(unknown)}`);
      }
    }
  }
}

type CancelBody = Extract<NewDealBody, { type: 'cancel' | 'saveCancel' | 'useCancel' }>;

function cancelRequestOf(body: CancelBody): CancelDeal['request'] {
  const { memberId, merchantId, dealAmount, originalDealId } = body;
  const originalType = { cancel: null, saveCancel: 'save', useCancel: 'use' } as const;
  const common = { memberId, merchantId, originalType: originalType[body.type] };
  return originalDealId === undefined
    ? { kind: 'cancelNewest', ...common, dealAmount: dealAmount! }
    : { kind: 'cancel', ...common, originalDealId, dealAmount: dealAmount ?? null };
}

function answer({ deal, replayed }: RecordedDeal): Replayable<DealView> {
  return new Replayable(201, dealViewOf(deal), replayed);
}
