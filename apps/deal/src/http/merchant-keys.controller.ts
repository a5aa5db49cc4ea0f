import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { id, merchantKeyView, newMerchantKeyView } from '@onepoint/contracts';
import type { MerchantKeyView, NewMerchantKeyView } from '@onepoint/contracts';
import { Allow, ApiProblems, CallerOf, IdempotencyKey, Replayable } from '@onepoint/platform';
import type { Caller } from '@onepoint/platform';
import { z } from 'zod';
import { AddMerchantKey } from '../commands/add-merchant-key.ts';
import { RevokeMerchantKey } from '../commands/revoke-merchant-key.ts';
import { ListMerchantKeys } from '../queries/list-merchants.ts';
import { keyViewOf } from './merchant-views.ts';
import { requestKey } from './request-key.ts';

const merchantParam = z.strictObject({ id });
const keyParam = z.strictObject({ id, keyId: z.string().regex(/^[0-9a-f]{1,64}$/) });

/** API keys of a merchant: made, listed and revoked by operators. */
@Controller('merchants/:id/keys')
@ApiTags('merchants')
@Allow('operator:merchants')
export class MerchantKeysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiResponse({ status: 201, standardSchema: newMerchantKeyView })
  @ApiProblems([
    'INVALID_REQUEST',
    'MERCHANT_NOT_FOUND',
    'MERCHANT_KEYS_FULL',
    'REQUEST_IN_PROGRESS',
    'IDEMPOTENCY_KEY_REUSED',
  ])
  async add(
    @Param({ schema: merchantParam }) { id: merchantId }: z.infer<typeof merchantParam>,
    @CallerOf() caller: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Replayable<NewMerchantKeyView>> {
    const request = requestKey(caller, key, `POST /merchants/${merchantId}/keys`, null);
    const made = await this.commands.execute(new AddMerchantKey(merchantId, request));
    const body = { ...keyViewOf(made.added), secret: made.secret };
    return new Replayable(201, body, made.replayed);
  }

  @Get()
  @ApiResponse({ status: 200, standardSchema: z.object({ items: z.array(merchantKeyView) }) })
  @ApiProblems(['INVALID_REQUEST', 'MERCHANT_NOT_FOUND'])
  async list(
    @Param({ schema: merchantParam }) { id: merchantId }: z.infer<typeof merchantParam>,
  ): Promise<{ items: MerchantKeyView[] }> {
    const keys = await this.queries.execute(new ListMerchantKeys(merchantId));
    return { items: keys.map(keyViewOf) };
  }

  @Delete(':keyId')
  @ApiResponse({ status: 200, standardSchema: merchantKeyView })
  @ApiProblems(['INVALID_REQUEST', 'MERCHANT_NOT_FOUND', 'MERCHANT_KEY_NOT_FOUND'])
  async revoke(
    @Param({ schema: keyParam }) { id: merchantId, keyId }: z.infer<typeof keyParam>,
  ): Promise<MerchantKeyView> {
    return keyViewOf(await this.commands.execute(new RevokeMerchantKey(merchantId, keyId)));
  }
}
