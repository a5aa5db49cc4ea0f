import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventStrategy, foundation } from '@onepoint/messaging';
import type { SharedParts } from '@onepoint/messaging';
import type { ServiceBlueprint } from '@onepoint/platform';
import { dashboardSettings } from './dashboard.config.ts';
import type { DashboardSettings } from './dashboard.config.ts';
import { BillingAmountViewsController } from './http/billing-amount-views.controller.ts';
import { DealsController } from './http/deals.controller.ts';
import { FreshnessController } from './http/freshness.controller.ts';
import { PartiesController } from './http/parties.controller.ts';
import { RebuildController } from './http/rebuild.controller.ts';
import { TotalsController } from './http/totals.controller.ts';
import { OnBilling } from './messaging/on-billing.ts';
import { OnDeal } from './messaging/on-deal.ts';
import { OnMember } from './messaging/on-member.ts';
import { OnPoint } from './messaging/on-point.ts';
import { dashboardSchema } from './persistence/dashboard-schema.ts';
import { GenerationBook } from './persistence/generation-book.ts';
import { Generations } from './persistence/generations.ts';
import { ReadModelStore } from './persistence/read-model-store.ts';
import { AwaitedDispatch } from './projections/awaited-dispatch.ts';
import { ProjectAccount } from './projections/project-account.ts';
import { ProjectCancellation } from './projections/project-cancellation.ts';
import { ProjectDealEnd } from './projections/project-deal-end.ts';
import { ProjectEvents } from './projections/project-events.ts';
import { ProjectFreshness } from './projections/project-freshness.ts';
import { ProjectMembership } from './projections/project-membership.ts';
import { ProjectMerchant } from './projections/project-merchant.ts';
import { ProjectPointStatus } from './projections/project-point-status.ts';
import { ProjectSettlement } from './projections/project-settlement.ts';
import { GetDealHandler } from './queries/get-deal.ts';
import { GetFreshnessHandler } from './queries/get-freshness.ts';
import { GetMemberHandler } from './queries/get-member.ts';
import { GetTotalsHandler } from './queries/get-totals.ts';
import { GetViewHandler } from './queries/get-view.ts';
import { ListDealsHandler } from './queries/list-deals.ts';
import { ListDeferredHandler } from './queries/list-deferred.ts';
import { ListHistoryHandler } from './queries/list-history.ts';
import { ListMerchantsHandler } from './queries/list-merchants.ts';
import { ListSettlementsHandler } from './queries/list-settlements.ts';
import { BeginRebuildHandler } from './rebuild/begin-rebuild.ts';
import { EndRebuildHandler } from './rebuild/end-rebuild.ts';
import { FillRebuildHandler } from './rebuild/fill-rebuild.ts';
import { GetRebuildHandler } from './rebuild/get-rebuild.ts';

export { dashboardSchema } from './persistence/dashboard-schema.ts';

const doors: Type[] = [
  BillingAmountViewsController,
  DealsController,
  PartiesController,
  TotalsController,
  FreshnessController,
  RebuildController,
];

const ears: Type[] = [OnMember, OnDeal, OnPoint, OnBilling];

const projections: Provider[] = [
  ProjectDealEnd,
  ProjectCancellation,
  ProjectPointStatus,
  ProjectAccount,
  ProjectMembership,
  ProjectMerchant,
  ProjectSettlement,
  ProjectFreshness,
];

const questions: Provider[] = [
  GetDealHandler,
  GetViewHandler,
  ListDealsHandler,
  ListDeferredHandler,
  GetMemberHandler,
  ListHistoryHandler,
  ListMerchantsHandler,
  GetTotalsHandler,
  ListSettlementsHandler,
  GetFreshnessHandler,
];

const rebuild: Provider[] = [
  GenerationBook,
  GetRebuildHandler,
  BeginRebuildHandler,
  FillRebuildHandler,
  EndRebuildHandler,
];

/** Joins everything that is the dashboard: read models built from events alone. */
@Module({})
export class DashboardModule {
  static with(settings: DashboardSettings, shared: SharedParts): DynamicModule {
    return {
      module: DashboardModule,
      imports: [
        ...foundation({ name: 'dashboard', settings, schema: dashboardSchema, shared }),
        DiscoveryModule,
      ],
      controllers: [...doors, ...ears],
      providers: [
        Generations,
        ReadModelStore,
        AwaitedDispatch,
        ProjectEvents,
        ...projections,
        ...questions,
        ...rebuild,
      ],
    };
  }
}

/** The dashboard service, ready to be started. Throws `SettingsError`. */
export function defineDashboard(
  env: NodeJS.ProcessEnv,
  shared: SharedParts = {},
): ServiceBlueprint {
  const settings = dashboardSettings(env);
  return {
    name: 'dashboard',
    module: DashboardModule.with(settings, shared),
    host: settings.ONEPOINT_HOST,
    port: settings.DASHBOARD_PORT,
    settings,
    strategies: (app) => [app.get(EventStrategy)],
    publicTitle: 'OnePoint Dashboard',
    yields: true,
  };
}
