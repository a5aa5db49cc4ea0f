import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Database, dropExpiredKeys } from '@onepoint/persistence';
import { PROCESS_SETTINGS } from '../settings/settings-token.ts';
import type { ProcessSettings } from '../settings/process-settings.ts';
import { Clock } from '../time/clock.ts';
import { Rounds } from '../time/rounds.ts';

const EVERY_MS = 600_000;

/**
 * Drops the Idempotency-Keys that have had their time (`IDEMPOTENCY_KEEP_MS`, 24 h or more), so that
 * their table does not grow for ever. A provider of every service that keeps keys.
 */
@Injectable()
export class ForgetOldKeys implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(PROCESS_SETTINGS) private readonly settings: ProcessSettings,
  ) {
    this.rounds = new Rounds({
      name: 'forgetting old idempotency keys',
      everyMs: EVERY_MS,
      round: () => this.forget(),
      logger: new Logger(ForgetOldKeys.name),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** One round; answers how many were dropped. */
  forget(): Promise<number> {
    return dropExpiredKeys(this.database, this.clock.now() - this.settings.IDEMPOTENCY_KEEP_MS);
  }
}
