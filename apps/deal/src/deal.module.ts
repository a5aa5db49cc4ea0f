import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { EventStrategy, foundation } from '@onepoint/messaging';
import type { SharedParts } from '@onepoint/messaging';
import { ForgetOldKeys, MERCHANT_KEYS } from '@onepoint/platform';
import type { ServiceBlueprint } from '@onepoint/platform';
import { AddMerchantKeyHandler } from './commands/add-merchant-key.ts';
import { CancelDealHandler } from './commands/cancel-deal.ts';
import { DeferPoints } from './commands/defer-points.ts';
import { EndUses } from './commands/end-uses.ts';
import { MarkPoints } from './commands/mark-points.ts';
import { MarkSettledHandler } from './commands/mark-settled.ts';
import { NetCancelDealHandler } from './commands/net-cancel-deal.ts';
import { RecordDeals } from './commands/record-deals.ts';
import { RECOVERY_POLICY, RecoverPending } from './commands/recover-pending.ts';
import type { RecoveryPolicy } from './commands/recover-pending.ts';
import { RegisterMerchantHandler } from './commands/register-merchant.ts';
import { RevokeMerchantKeyHandler } from './commands/revoke-merchant-key.ts';
import { SavePointsHandler } from './commands/save-points.ts';
import { UpdateMerchantHandler } from './commands/update-merchant.ts';
import { UsePointsHandler } from './commands/use-points.ts';
import { dealSettings } from './deal.config.ts';
import type { DealSettings } from './deal.config.ts';
import { DealBook } from './domain/deal-book.ts';
import { MerchantBook } from './domain/merchant-book.ts';
import { PointGateway } from './domain/point-gateway.ts';
import { SettlementFacts } from './domain/settlement-facts.ts';
import { BookMerchantKeys } from './http/book-merchant-keys.ts';
import { DealsController } from './http/deals.controller.ts';
import { MerchantKeysController } from './http/merchant-keys.controller.ts';
import { MerchantsController } from './http/merchants.controller.ts';
import { NetCancelController } from './http/net-cancel.controller.ts';
import { SettlementController } from './http/settlement.controller.ts';
import { OnBillingSettled } from './messaging/on-billing-settled.ts';
import { OnPointChanged } from './messaging/on-point-changed.ts';
import { dealSchema } from './persistence/deal-schema.ts';
import { StoredDealBook } from './persistence/stored-deal-book.ts';
import { StoredMerchantBook } from './persistence/stored-merchant-book.ts';
import { StoredSettlementFacts } from './persistence/stored-settlement-facts.ts';
import { HttpPointGateway, POINT_GATEWAY_OPTIONS } from './point-gateway/http-point-gateway.ts';
import type { PointGatewayOptions } from './point-gateway/http-point-gateway.ts';
import { GetDealHandler } from './queries/get-deal.ts';
import { GetMerchantHandler } from './queries/get-merchant.ts';
import { ListDealsHandler } from './queries/list-deals.ts';
import { ListMerchantKeysHandler, ListMerchantsHandler } from './queries/list-merchants.ts';
import { ListTermsHandler } from './queries/list-terms.ts';
import { SettlementDealsHandler, SettlementTotalsHandler } from './queries/settlement-totals.ts';

export { dealSchema } from './persistence/deal-schema.ts';

/** Joins everything that is the deal service. */
@Module({})
export class DealModule {
  static with(settings: DealSettings, shared: SharedParts): DynamicModule {
    return {
      module: DealModule,
      imports: foundation({ name: 'deal', settings, schema: dealSchema, shared }),
      controllers: [
        NetCancelController,
        DealsController,
        MerchantsController,
        MerchantKeysController,
        SettlementController,
        OnBillingSettled,
        OnPointChanged,
      ],
      providers: [...verbs, ...ports, ...policies(settings)],
    };
  }
}

const verbs: readonly Provider[] = [
  RecordDeals,
  EndUses,
  MarkPoints,
  DeferPoints,
  RecoverPending,
  ForgetOldKeys,
  SavePointsHandler,
  UsePointsHandler,
  CancelDealHandler,
  NetCancelDealHandler,
  MarkSettledHandler,
  RegisterMerchantHandler,
  UpdateMerchantHandler,
  AddMerchantKeyHandler,
  RevokeMerchantKeyHandler,
  GetDealHandler,
  ListDealsHandler,
  GetMerchantHandler,
  ListMerchantsHandler,
  ListMerchantKeysHandler,
  ListTermsHandler,
  SettlementTotalsHandler,
  SettlementDealsHandler,
];

const ports: readonly Provider[] = [
  { provide: DealBook, useClass: StoredDealBook },
  { provide: MerchantBook, useClass: StoredMerchantBook },
  { provide: SettlementFacts, useClass: StoredSettlementFacts },
  { provide: PointGateway, useClass: HttpPointGateway },
  { provide: MERCHANT_KEYS, useClass: BookMerchantKeys },
];

function policies(settings: DealSettings): Provider[] {
  const gateway: PointGatewayOptions = {
    url: settings.POINT_URL,
    serviceToken: settings.SERVICE_TOKEN ?? null,
    useBudgetMs: settings.DEAL_USE_BUDGET_MS,
    directBudgetMs: settings.DEAL_DIRECT_BUDGET_MS,
  };
  const recovery: RecoveryPolicy = {
    pendingMaxMs: settings.DEAL_PENDING_MAX_MS,
    sweepEveryMs: settings.DEAL_SWEEP_EVERY_MS,
  };
  return [
    { provide: POINT_GATEWAY_OPTIONS, useValue: gateway },
    { provide: RECOVERY_POLICY, useValue: recovery },
  ];
}

/** The deal service, ready to be started. Throws `SettingsError`. */
export function defineDeal(env: NodeJS.ProcessEnv, shared: SharedParts = {}): ServiceBlueprint {
  const settings = dealSettings(env);
  return {
    name: 'deal',
    module: DealModule.with(settings, shared),
    host: settings.ONEPOINT_HOST,
    port: settings.DEAL_PORT,
    settings,
    strategies: (app) => [app.get(EventStrategy)],
    publicTitle: 'OnePoint Deal',
  };
}
