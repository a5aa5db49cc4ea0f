import type { InjectionToken } from '@nestjs/common';

/** Something a service needs, asked at every probe of `/health/ready`. */
export interface ReadinessCheck {
  /** One word, shown in the answer: `database`, `broker`. */
  readonly name: string;
  /** False: the service can do useful work without it; a failure is reported as degraded with 200. */
  readonly required: boolean;
  /** Resolves when all is well. Longer than 2 s counts as a failure. */
  check(): Promise<void>;
}

/** Finds a provider of the app, wherever it stands. */
export type FindProvider = <T>(token: InjectionToken<T>) => T;

/** The checks, or how to make them once all providers exist. At most {@link readinessChecksMax}. */
export type ReadinessChecks =
  readonly ReadinessCheck[] | ((find: FindProvider) => readonly ReadinessCheck[]);

export const readinessChecksMax = 20;

/** Token of what `PlatformModule.forService` was given as `checks`. */
export const READINESS_CHECKS = Symbol('ReadinessChecks');
