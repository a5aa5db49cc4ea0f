import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { EventStrategy, foundation } from '@onepoint/messaging';
import type { SharedParts } from '@onepoint/messaging';
import type { ServiceBlueprint } from '@onepoint/platform';
import { ApplyChangeHandler } from './commands/apply-change.ts';
import { ChangeMembershipHandler } from './commands/change-membership.ts';
import { RetryWaiting, WAITING_POLICY } from './commands/retry-waiting.ts';
import type { WaitingPolicy } from './commands/retry-waiting.ts';
import { ReverseFailedUseHandler } from './commands/reverse-failed-use.ts';
import { Ledger } from './domain/ledger.ts';
import { PointChangesController } from './http/point-changes.controller.ts';
import { PointsController } from './http/points.controller.ts';
import { OnDeal } from './messaging/on-deal.ts';
import { OnMember } from './messaging/on-member.ts';
import { pointSchema } from './persistence/point-schema.ts';
import { StoredLedger } from './persistence/stored-ledger.ts';
import { pointSettings } from './point.config.ts';
import type { PointSettings } from './point.config.ts';
import { GetPointsHandler } from './queries/get-points.ts';
import { ListEntriesHandler } from './queries/list-entries.ts';

export { pointSchema } from './persistence/point-schema.ts';

/** Joins everything that is the point service. */
@Module({})
export class PointModule {
  static with(settings: PointSettings, shared: SharedParts): DynamicModule {
    const waiting: WaitingPolicy = {
      waitMaxMs: settings.POINT_WAIT_MAX_MS,
      sweepEveryMs: settings.POINT_SWEEP_EVERY_MS,
    };
    return {
      module: PointModule,
      imports: foundation({ name: 'point', settings, schema: pointSchema, shared }),
      controllers: [PointsController, PointChangesController, OnMember, OnDeal],
      providers: [
        { provide: Ledger, useClass: StoredLedger },
        { provide: WAITING_POLICY, useValue: waiting },
        ApplyChangeHandler,
        ChangeMembershipHandler,
        ReverseFailedUseHandler,
        RetryWaiting,
        GetPointsHandler,
        ListEntriesHandler,
      ],
    };
  }
}

/** The point service, ready to be started. Throws `SettingsError`. */
export function definePoint(env: NodeJS.ProcessEnv, shared: SharedParts = {}): ServiceBlueprint {
  const settings = pointSettings(env);
  return {
    name: 'point',
    module: PointModule.with(settings, shared),
    host: settings.ONEPOINT_HOST,
    port: settings.POINT_PORT,
    settings,
    strategies: (app) => [app.get(EventStrategy)],
    publicTitle: 'OnePoint Point',
  };
}
