import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Database, dropExpiredKeys } from '@onepoint/persistence';
import { Clock, Rounds } from '@onepoint/platform';

/** An Idempotency-Key lives at least 24 h (domain); one hour more for clocks that differ. */
const KEY_LIFE_MS = 25 * 3_600_000;
const EVERY_MS = 600_000;

/** Drops the Idempotency-Keys that have had their time, so that their table does not grow for ever. */
@Injectable()
export class ForgetOldKeys implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
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

  /** One round; returns how many were dropped. */
  forget(): Promise<number> {
    return dropExpiredKeys(this.database, this.clock.now() - KEY_LIFE_MS);
  }
}
