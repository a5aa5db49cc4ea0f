import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, merchantView, page, pageLimit, wholeNumber } from '@onepoint/contracts';
import type { MerchantView, Page } from '@onepoint/contracts';
import { Allow } from '@onepoint/platform';
import { z } from 'zod';
import { RegisterMerchant } from '../commands/register-merchant.ts';
import { UpdateMerchant } from '../commands/update-merchant.ts';
import { GetMerchant } from '../queries/get-merchant.ts';
import { ListMerchants } from '../queries/list-merchants.ts';
import { merchantViewOf } from './merchant-views.ts';

const bps = wholeNumber({ min: 0, max: 10_000 });
const name = z.string().trim().min(1).max(100);
const terms = {
  earnRateBps: bps.optional(),
  commissionBps: bps.optional(),
  earnChargeBps: bps.optional(),
};
const newMerchantBody = z.strictObject({ id: id.optional(), name, ...terms });
const changeBody = z
  .strictObject({ name: name.optional(), ...terms })
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    error: 'says nothing to change',
  });
const merchantParam = z.strictObject({ id });
const listQuery = z.strictObject({ limit: pageLimit, cursor: id.optional() });

/** Merchants and their terms, for operators. */
@Controller('merchants')
@ApiTags('merchants')
@Allow('operator:merchants')
export class MerchantsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiResponse({ status: 201, standardSchema: merchantView })
  async register(
    @Body({ schema: newMerchantBody }) { id: wanted, ...wish }: z.infer<typeof newMerchantBody>,
  ): Promise<MerchantView> {
    return merchantViewOf(
      await this.commands.execute(new RegisterMerchant(wanted ?? null, given(wish))),
    );
  }

  @Patch(':id')
  @ApiResponse({ status: 200, standardSchema: merchantView })
  async update(
    @Param({ schema: merchantParam }) { id: merchantId }: z.infer<typeof merchantParam>,
    @Body({ schema: changeBody }) wish: z.infer<typeof changeBody>,
  ): Promise<MerchantView> {
    return merchantViewOf(await this.commands.execute(new UpdateMerchant(merchantId, given(wish))));
  }

  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: merchantView })
  async get(
    @Param({ schema: merchantParam }) { id: merchantId }: z.infer<typeof merchantParam>,
  ): Promise<MerchantView> {
    return merchantViewOf(await this.queries.execute(new GetMerchant(merchantId)));
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: page(merchantView) })
  async list(
    @Query({ schema: listQuery }) { limit, cursor }: z.infer<typeof listQuery>,
  ): Promise<Page<MerchantView>> {
    const found = await this.queries.execute(new ListMerchants(cursor ?? 0, limit + 1));
    const items = found.slice(0, limit).map(merchantViewOf);
    return { items, nextCursor: found.length > limit ? String(items.at(-1)!.id) : null };
  }
}

/** What was really said: a field left out must not overwrite what stands. */
function given<T extends object>(wish: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const said = Object.entries(wish).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as { [K in keyof T]: Exclude<T[K], undefined> };
}
