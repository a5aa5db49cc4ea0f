import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { EventStrategy, foundation } from '@onepoint/messaging';
import type { SharedParts } from '@onepoint/messaging';
import { ForgetOldKeys, MERCHANT_KEYS } from '@onepoint/platform';
import type { ServiceBlueprint } from '@onepoint/platform';
import { billingSettings } from './billing.config.ts';
import type { BillingSettings } from './billing.config.ts';
import { AcceptLineHandler } from './commands/accept-line.ts';
import { ANNOUNCEMENT_POLICY, AnnounceSettled } from './commands/announce-settled.ts';
import type { AnnouncementPolicy } from './commands/announce-settled.ts';
import { BeginCloseHandler } from './commands/begin-close.ts';
import { CarryOnCloses } from './commands/carry-on-closes.ts';
import { CLOSE_POLICY, CloseWorker } from './commands/close-worker.ts';
import type { ClosePolicy } from './commands/close-worker.ts';
import { CommitRuns } from './commands/commit-runs.ts';
import { COMPLETENESS_POLICY, ConfirmComplete } from './commands/confirm-complete.ts';
import type { CompletenessPolicy } from './commands/confirm-complete.ts';
import { KeepMerchantHandler } from './commands/keep-merchant.ts';
import { RefillLinesHandler } from './commands/refill-lines.ts';
import { SettleMonthHandler } from './commands/settle-month.ts';
import { DEAL_GATEWAY_OPTIONS, HttpDealBooks } from './deal-gateway/http-deal-books.ts';
import type { DealGatewayOptions } from './deal-gateway/http-deal-books.ts';
import { Billings } from './domain/billings.ts';
import { DealBooks } from './domain/deal-books.ts';
import { Merchants } from './domain/merchant.ts';
import { Closes } from './domain/month-close.ts';
import { OwnBooks } from './domain/own-books.ts';
import { Statements } from './domain/statements.ts';
import { AnswerOnce } from './http/answer-once.ts';
import { BillingsController } from './http/billings.controller.ts';
import { ClosesController } from './http/closes.controller.ts';
import { ReconciliationController } from './http/reconciliation.controller.ts';
import { RefillController } from './http/refill.controller.ts';
import { StatementLinesController } from './http/statement-lines.controller.ts';
import { OnDeal } from './messaging/on-deal.ts';
import { OnMerchant } from './messaging/on-merchant.ts';
import { billingSchema } from './persistence/billing-schema.ts';
import { StoredBillings } from './persistence/stored-billings.ts';
import { StoredCloses } from './persistence/stored-closes.ts';
import { StoredMerchants } from './persistence/stored-merchants.ts';
import { StoredOwnBooks } from './persistence/stored-own-books.ts';
import { StoredStatements } from './persistence/stored-statements.ts';
import { FindDifferences } from './queries/find-differences.ts';
import { GetCloseHandler } from './queries/get-close.ts';
import { GetStatementHandler } from './queries/get-statement.ts';
import { ListLinesHandler } from './queries/list-lines.ts';
import { ListStatementsHandler } from './queries/list-statements.ts';
import { ReconcileMonthHandler } from './queries/reconcile-month.ts';

export { billingSchema } from './persistence/billing-schema.ts';

/** Joins everything that is the billing service. */
@Module({})
export class BillingModule {
  static with(settings: BillingSettings, shared: SharedParts): DynamicModule {
    return {
      module: BillingModule,
      imports: foundation({ name: 'billing', settings, schema: billingSchema, shared }),
      controllers: [...doors, OnDeal, OnMerchant],
      providers: [...verbs, ...ports, ...policies(settings)],
    };
  }
}

const doors: readonly Type[] = [
  // Before the billings themselves: `close` and `reconciliation` are no ids.
  ClosesController,
  ReconciliationController,
  BillingsController,
  StatementLinesController,
  RefillController,
];

const verbs: readonly Provider[] = [
  AcceptLineHandler,
  KeepMerchantHandler,
  RefillLinesHandler,
  SettleMonthHandler,
  CommitRuns,
  ConfirmComplete,
  AnnounceSettled,
  BeginCloseHandler,
  CloseWorker,
  CarryOnCloses,
  GetStatementHandler,
  ListStatementsHandler,
  ListLinesHandler,
  GetCloseHandler,
  ReconcileMonthHandler,
  FindDifferences,
  AnswerOnce,
  ForgetOldKeys,
];

const ports: readonly Provider[] = [
  { provide: Billings, useClass: StoredBillings },
  { provide: Statements, useClass: StoredStatements },
  { provide: Merchants, useClass: StoredMerchants },
  { provide: Closes, useClass: StoredCloses },
  { provide: OwnBooks, useClass: StoredOwnBooks },
  { provide: MERCHANT_KEYS, useExisting: Merchants },
  { provide: DealBooks, useClass: HttpDealBooks },
];

function policies(settings: BillingSettings): Provider[] {
  const gateway: DealGatewayOptions = {
    url: settings.DEAL_URL,
    serviceToken: settings.SERVICE_TOKEN ?? null,
    timeoutMs: settings.BILLING_DEAL_TIMEOUT_MS,
  };
  const completeness: CompletenessPolicy = {
    waitMs: settings.BILLING_COMPLETENESS_WAIT_MS,
    lookEveryMs: settings.BILLING_COMPLETENESS_LOOK_MS,
  };
  const announcement: AnnouncementPolicy = { lookEveryMs: settings.BILLING_ANNOUNCE_EVERY_MS };
  const close: ClosePolicy = {
    lookEveryMs: settings.BILLING_CLOSE_EVERY_MS,
    parallelMax: settings.BILLING_CLOSE_PARALLEL,
    leaseMs: settings.BILLING_CLOSE_LEASE_MS,
  };
  return [
    { provide: DEAL_GATEWAY_OPTIONS, useValue: gateway },
    { provide: COMPLETENESS_POLICY, useValue: completeness },
    { provide: CLOSE_POLICY, useValue: close },
    { provide: ANNOUNCEMENT_POLICY, useValue: announcement },
  ];
}

/** The billing service, ready to be started. Throws `SettingsError`. */
export function defineBilling(env: NodeJS.ProcessEnv, shared: SharedParts = {}): ServiceBlueprint {
  const settings = billingSettings(env);
  return {
    name: 'billing',
    module: BillingModule.with(settings, shared),
    host: settings.ONEPOINT_HOST,
    port: settings.BILLING_PORT,
    settings,
    strategies: (app) => [app.get(EventStrategy)],
    publicTitle: 'OnePoint Billing',
    yields: true,
  };
}
