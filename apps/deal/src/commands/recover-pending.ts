import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Rounds } from '@onepoint/platform';
import { DealBook } from '../domain/deal-book.ts';
import { EndUses } from './end-uses.ts';

/** When a pending use counts as left behind. All times in milliseconds. */
export interface RecoveryPolicy {
  /** Longer than any living request can take to end its own deal. */
  readonly pendingMaxMs: number;
  readonly sweepEveryMs: number;
}

/** Injection token of the {@link RecoveryPolicy}. */
export const RECOVERY_POLICY = Symbol('RECOVERY_POLICY');

const SWEEP_MAX = 500;

/**
 * Fails the uses that a crash has left pending, with the same undoing as a lost answer (P2, P3).
 * Safe on several replicas at once: a deal ends once, whoever ends it.
 */
@Injectable()
export class RecoverPending implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RecoverPending.name);
  private readonly rounds: Rounds;

  constructor(
    private readonly book: DealBook,
    private readonly ends: EndUses,
    private readonly clock: Clock,
    @Inject(RECOVERY_POLICY) private readonly policy: RecoveryPolicy,
  ) {
    this.rounds = new Rounds({
      name: 'pending uses',
      everyMs: policy.sweepEveryMs,
      round: () => this.sweep(),
      logger: this.logger,
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** One round; answers how many deals it failed. */
  async sweep(): Promise<number> {
    const startedBefore = this.clock.now() - this.policy.pendingMaxMs;
    const left = await this.book.pendingSince(startedBefore, SWEEP_MAX);
    await Promise.all(
      left.map((deal) =>
        this.ends.end({
          deal,
          end: { status: 'fail', failReason: 'POINT_UNAVAILABLE', debit: 'unknown' },
          key: null,
        }),
      ),
    );
    if (left.length > 0) this.logger.warn({ deals: left.length }, 'failed uses left pending');
    return left.length;
  }
}
