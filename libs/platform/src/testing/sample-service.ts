import { Body, Controller, Get, Module, Param, Post, Query, type Type } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../doors/allow.ts';
import { CallerOf, callerName, type Caller } from '../doors/caller.ts';
import { MERCHANT_KEYS, newMerchantKey, type MerchantKeys } from '../doors/merchant-key.ts';
import { IdempotencyKey } from '../http/idempotency-key.ts';
import { Replayable } from '../http/replayable.ts';
import { PlatformModule, type PlatformOptions } from '../platform.module.ts';
import type { ServiceBlueprint } from '../process/service-blueprint.ts';
import { parseSettings } from '../settings/parse-settings.ts';
import { processSettingsSchema, type ProcessSettings } from '../settings/process-settings.ts';

/** A key that the sample service knows; merchant 20's. */
export const sampleKey = newMerchantKey();

const keys: MerchantKeys = {
  find: (keyId) =>
    keyId === sampleKey.keyId ? { merchantId: 20, hash: sampleKey.hash } : Promise.resolve(null),
};

const orderSchema = z.strictObject({ amount: z.int().min(1), note: z.string().optional() });
const pathSchema = z.strictObject({ id: z.coerce.number().int().min(1) });
const querySchema = z.strictObject({ limit: z.coerce.number().int().max(200).default(50) });

/** What the sample's handler throws next, so that a spec can choose. */
export const fault: { next: unknown } = { next: null };

/** One route per kind of door, and what the problem cases need. */
@Controller('sample')
export class SampleController {
  @Get('public')
  @Allow('public')
  open(): { ok: true } {
    return { ok: true };
  }

  @Get('merchant')
  @Allow('merchant')
  merchant(@CallerOf() caller: Caller): { caller: string } {
    return { caller: callerName(caller) };
  }

  @Get('service')
  @Allow('service')
  service(@CallerOf() caller: Caller): { caller: string } {
    return { caller: callerName(caller) };
  }

  @Get('members')
  @Allow('operator:members')
  members(@CallerOf() caller: Caller): { caller: string } {
    return { caller: callerName(caller) };
  }

  @Post('members')
  @Allow('operator:members')
  changeMembers(@CallerOf() caller: Caller): { caller: string } {
    return { caller: callerName(caller) };
  }

  @Get('either')
  @Allow('merchant', 'operator:settlement')
  either(@CallerOf() caller: Caller): { caller: string } {
    return { caller: callerName(caller) };
  }

  @Post('orders')
  @Allow('public')
  order(
    @Body({ schema: orderSchema }) order: z.infer<typeof orderSchema>,
    @IdempotencyKey() key: string | null,
  ): Replayable {
    return new Replayable(201, { ...order, key }, key === 'again');
  }

  @Get('orders/:id')
  @Allow('public')
  read(
    @Param({ schema: pathSchema }) path: z.infer<typeof pathSchema>,
    @Query({ schema: querySchema }) query: z.infer<typeof querySchema>,
  ): unknown {
    return { id: path.id, limit: query.limit };
  }

  @Get('fault')
  @Allow('public')
  fail(): never {
    throw fault.next;
  }
}

/** Settings as a process would have them, quiet, with what a spec adds. */
export function sampleSettings(env: Record<string, string> = {}): ProcessSettings {
  return parseSettings(processSettingsSchema, { NODE_ENV: 'test', LOG_LEVEL: 'silent', ...env });
}

/** A blueprint around the given controllers, on a port of the system's choice. */
export function sampleBlueprint(
  settings: ProcessSettings,
  controllers: readonly Type[] = [SampleController],
  options: Partial<PlatformOptions> = {},
): ServiceBlueprint {
  @Module({
    imports: [PlatformModule.forService({ name: 'deal', settings, ...options })],
    controllers: [...controllers],
    providers: [{ provide: MERCHANT_KEYS, useValue: keys }],
  })
  class SampleModule {}
  return {
    name: 'deal',
    module: SampleModule,
    host: settings.ONEPOINT_HOST,
    port: 0,
    settings,
    strategies: () => [],
    publicTitle: 'Sample',
  };
}
