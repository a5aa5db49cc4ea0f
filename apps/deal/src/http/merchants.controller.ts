import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { merchantTermsView, merchantView, page } from '@onepoint/contracts';
import type { MerchantTermsView, MerchantView, Page } from '@onepoint/contracts';
import {
  Allow,
  ApiProblems,
  BusinessCalendar,
  CallerOf,
  IdempotencyKey,
  Replayable,
} from '@onepoint/platform';
import type { Caller } from '@onepoint/platform';
import type { z } from 'zod';
import { RegisterMerchant } from '../commands/register-merchant.ts';
import { UpdateMerchant } from '../commands/update-merchant.ts';
import { GetMerchant } from '../queries/get-merchant.ts';
import { ListMerchants } from '../queries/list-merchants.ts';
import { ListTerms } from '../queries/list-terms.ts';
import {
  changeBody,
  listQuery,
  merchantParam,
  newMerchantBody,
  termsWishOf,
} from './merchant-requests.ts';
import { merchantViewOf, termsViewOf } from './merchant-views.ts';
import { requestKey } from './request-key.ts';

/** Merchants and their terms, for operators. */
@Controller('merchants')
@ApiTags('merchants')
@Allow('operator:merchants')
export class MerchantsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly calendar: BusinessCalendar,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiResponse({ status: 201, standardSchema: merchantView })
  @ApiProblems([
    'INVALID_REQUEST',
    'MERCHANT_ALREADY_EXISTS',
    'REQUEST_IN_PROGRESS',
    'TERMS_IN_PAST',
    'IDEMPOTENCY_KEY_REUSED',
  ])
  async register(
    @Body({ schema: newMerchantBody }) body: z.infer<typeof newMerchantBody>,
    @CallerOf() caller: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Replayable<MerchantView>> {
    const { id: wanted = null, name } = body;
    const named = requestKey(caller, key, 'POST /merchants', body);
    const { merchant, replayed } = await this.commands.execute(
      new RegisterMerchant(wanted, { name, ...termsWishOf(body, this.calendar) }, named),
    );
    return new Replayable(201, merchantViewOf(merchant), replayed);
  }

  @Patch(':id')
  @ApiResponse({ status: 200, standardSchema: merchantView })
  @ApiProblems(['INVALID_REQUEST', 'MERCHANT_NOT_FOUND', 'TERMS_IN_PAST'])
  async update(
    @Param({ schema: merchantParam }) { id: merchantId }: z.infer<typeof merchantParam>,
    @Body({ schema: changeBody }) body: z.infer<typeof changeBody>,
  ): Promise<MerchantView> {
    const name = body.name === undefined ? {} : { name: body.name };
    const wish = { ...name, ...termsWishOf(body, this.calendar) };
    return merchantViewOf(await this.commands.execute(new UpdateMerchant(merchantId, wish)));
  }

  @Get(':id/terms')
  @ApiResponse({ status: 200, standardSchema: page(merchantTermsView) })
  @ApiProblems(['INVALID_REQUEST', 'MERCHANT_NOT_FOUND'])
  async terms(
    @Param({ schema: merchantParam }) { id: merchantId }: z.infer<typeof merchantParam>,
    @Query({ schema: listQuery }) { limit, cursor }: z.infer<typeof listQuery>,
  ): Promise<Page<MerchantTermsView>> {
    const query = new ListTerms(merchantId, cursor ?? null, limit + 1);
    const found = await this.queries.execute(query);
    const items = found.slice(0, limit).map((terms) => termsViewOf(terms, this.calendar));
    return { items, nextCursor: found.length > limit ? String(items.at(-1)!.id) : null };
  }

  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: merchantView })
  @ApiProblems(['INVALID_REQUEST', 'MERCHANT_NOT_FOUND'])
  async get(
    @Param({ schema: merchantParam }) { id: merchantId }: z.infer<typeof merchantParam>,
  ): Promise<MerchantView> {
    return merchantViewOf(await this.queries.execute(new GetMerchant(merchantId)));
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: page(merchantView) })
  @ApiProblems(['INVALID_REQUEST'])
  async list(
    @Query({ schema: listQuery }) { limit, cursor }: z.infer<typeof listQuery>,
  ): Promise<Page<MerchantView>> {
    const found = await this.queries.execute(new ListMerchants(cursor ?? 0, limit + 1));
    const items = found.slice(0, limit).map(merchantViewOf);
    return { items, nextCursor: found.length > limit ? String(items.at(-1)!.id) : null };
  }
}
