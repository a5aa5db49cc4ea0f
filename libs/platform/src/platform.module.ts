import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import type { ServiceName } from '@onepoint/contracts';
import { LoggerModule } from 'nestjs-pino';
import { DOORS_POLICY, DoorsGuard } from './doors/doors-guard.ts';
import { doorsPolicyOf } from './doors/doors-policy.ts';
import { AskReadiness } from './health/ask-readiness.ts';
import { HealthController } from './health/health.controller.ts';
import { READINESS_CHECKS, type ReadinessChecks } from './health/readiness-check.ts';
import { Readiness } from './health/readiness.ts';
import { loggerParams } from './logs/nest-logger.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import { Metrics } from './metrics/metrics.ts';
import { ProblemFilter } from './problem/problem-filter.ts';
import type { ProcessSettings } from './settings/process-settings.ts';
import { PROCESS_SETTINGS } from './settings/settings-token.ts';
import { BusinessCalendar } from './time/business-calendar.ts';
import { Clock, SystemClock } from './time/clock.ts';
import { validationPipe } from './validation/validation-pipe.ts';

export interface PlatformOptions {
  readonly name: ServiceName;
  readonly settings: ProcessSettings;
  /** What the service needs to be ready; a function is called once all providers exist. */
  readonly checks?: ReadinessChecks;
  /** Instead of the machine's clock. */
  readonly clock?: Clock;
}

/**
 * What every service has: doors, validation, problems, health, metrics, clock and calendar. Global:
 * `Clock`, `BusinessCalendar`, `Metrics`, `Readiness` and `PROCESS_SETTINGS` can be injected anywhere.
 */
@Module({})
export class PlatformModule {
  /** Imported once by an app's module. Throws SettingsError when the doors lack a secret (P12). */
  static forService(options: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [LoggerModule.forRoot(loggerParams), TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController],
      providers: [...exported(options), ...atEveryDoor(options)],
      exports: [Clock, BusinessCalendar, Metrics, Readiness, PROCESS_SETTINGS],
    };
  }
}

function exported({ settings, clock }: PlatformOptions): Provider[] {
  return [
    { provide: PROCESS_SETTINGS, useValue: settings },
    { provide: Clock, useValue: clock ?? new SystemClock() },
    { provide: BusinessCalendar, useValue: new BusinessCalendar(settings.BUSINESS_TIME_ZONE) },
    Metrics,
    Readiness,
  ];
}

function atEveryDoor({ settings, checks }: PlatformOptions): Provider[] {
  return [
    { provide: DOORS_POLICY, useValue: doorsPolicyOf(settings) },
    { provide: READINESS_CHECKS, useValue: checks ?? [] },
    AskReadiness,
    { provide: APP_GUARD, useClass: DoorsGuard },
    { provide: APP_PIPE, useFactory: validationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ];
}
