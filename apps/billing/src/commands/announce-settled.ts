import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Rounds } from '@onepoint/platform';
import { Billings } from '../domain/billings.ts';

/** How often runs with deals still to be announced are looked for. Milliseconds. */
export interface AnnouncementPolicy {
  readonly lookEveryMs: number;
}

/** Injection token of the {@link AnnouncementPolicy}. */
export const ANNOUNCEMENT_POLICY = Symbol('ANNOUNCEMENT_POLICY');

/** Transactions of one round at most: a stop waits for the round. */
const STEPS_MAX = 200;

/**
 * Tells the rest of runs that are too large to be told in their own transaction. Where it stands is
 * kept in the database, so that a crash loses and repeats nothing (P9); several replicas take turns.
 */
@Injectable()
export class AnnounceSettled implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly billings: Billings,
    @Inject(ANNOUNCEMENT_POLICY) policy: AnnouncementPolicy,
  ) {
    this.rounds = new Rounds({
      name: 'announce settled deals',
      everyMs: policy.lookEveryMs,
      round: () => this.announce(),
      logger: new Logger(AnnounceSettled.name),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** One round: everything that is still to be told, step by step. */
  async announce(): Promise<void> {
    for (let steps = 0; steps < STEPS_MAX; steps += 1) {
      if (!(await this.billings.announceNext())) return;
    }
  }
}
