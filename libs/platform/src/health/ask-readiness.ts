import {
  Inject,
  Injectable,
  Logger,
  ServiceUnavailableException,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { Readiness } from './readiness.ts';
import {
  READINESS_CHECKS,
  readinessChecksMax,
  type ReadinessCheck,
  type ReadinessChecks,
} from './readiness-check.ts';

const checkMaxMs = 2_000;
/** Probes that come at once share one answer: whoever asks too often costs nothing. */
const answerKeptMs = 100;

/** More readiness checks than one service can need. */
export class TooManyReadinessChecks extends Error {
  override readonly name = 'TooManyReadinessChecks';
}

/** Asks all that the service needs whether it is there, and sums it up. */
@Injectable()
export class AskReadiness implements OnApplicationBootstrap {
  readonly #logger = new Logger('Readiness');
  readonly #failing = new Set<string>();
  #checks: readonly ReadinessCheck[] = [];

  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(READINESS_CHECKS) private readonly given: ReadinessChecks,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
  ) {}

  onApplicationBootstrap(): void {
    this.#checks =
      typeof this.given === 'function'
        ? this.given((token) => this.moduleRef.get(token, { strict: false }))
        : this.given;
    if (this.#checks.length > readinessChecksMax) {
      throw new TooManyReadinessChecks(`at most ${readinessChecksMax} readiness checks`);
    }
  }

  async ask(): Promise<HealthCheckResult> {
    if (!this.readiness.isOn) return { status: 'shutting_down', info: {}, error: {}, details: {} };
    try {
      return await this.health.check(this.#checks.map((check) => () => this.#askOne(check)));
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      return error.getResponse() as HealthCheckResult;
    }
  }

  /** Says up, degraded or down; the reason goes to the log alone, for it may name hosts. */
  async #askOne(check: ReadinessCheck): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(check.name);
    const result = await indicator
      .attempt(() => check.check())
      .withTimeout(checkMaxMs)
      .cacheFor(answerKeptMs);
    const state = result[check.name];
    if (state?.status === 'up') {
      if (this.#failing.delete(check.name)) this.#logger.log(`${check.name} is back`);
      return indicator.up();
    }
    if (!this.#failing.has(check.name)) {
      this.#failing.add(check.name);
      this.#logger.warn(`${check.name} is not there: ${String(state?.['message'])}`);
    }
    return check.required ? indicator.down() : indicator.degraded();
  }
}
