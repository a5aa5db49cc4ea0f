import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Clock, Rounds } from '@onepoint/platform';
import { Ledger } from '../domain/ledger.ts';
import type { DueChange } from '../domain/ledger.ts';
import { ApplyChange } from './apply-change.ts';

/** How waiting changes are tried again. All times in milliseconds. */
export interface WaitingPolicy {
  /** After this long a change is recorded as void with an alarm (domain: 24 h by default). */
  readonly waitMaxMs: number;
  /** How often due changes are looked for. */
  readonly sweepEveryMs: number;
}

/** Injection token of the {@link WaitingPolicy}. */
export const WAITING_POLICY = Symbol('WAITING_POLICY');

const SWEEP_MAX = 500;
const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000] as const;

/**
 * Tries waiting changes again: at once when their member or original has appeared (the ledger puts
 * their next try to now), with growing delay otherwise. Several replicas may sweep side by side:
 * the ledger's key lets each change through once.
 */
@Injectable()
export class RetryWaiting implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RetryWaiting.name);
  private readonly rounds: Rounds;

  constructor(
    private readonly ledger: Ledger,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
    @Inject(WAITING_POLICY) private readonly policy: WaitingPolicy,
  ) {
    this.rounds = new Rounds({
      name: 'waiting changes',
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

  /** One round: everything that is due now, at most {@link SWEEP_MAX} changes. */
  async sweep(): Promise<number> {
    const due = await this.ledger.dueWaiting(this.clock.now(), SWEEP_MAX);
    const stillWaiting = new Map<number, number[]>();
    await Promise.all(
      due.map(async (each) => {
        const outcome = await this.retry(each);
        if (outcome !== 'waiting') return;
        const delayMs = RETRY_DELAYS_MS[Math.min(each.tries, RETRY_DELAYS_MS.length - 1)]!;
        stillWaiting.set(delayMs, [...(stillWaiting.get(delayMs) ?? []), each.change.dealId]);
      }),
    );
    for (const [delayMs, dealIds] of stillWaiting) {
      await this.ledger.postpone(dealIds, this.clock.now() + delayMs);
    }
    return due.length;
  }

  private async retry({ change, since }: DueChange): Promise<string> {
    const waitedEnough = this.clock.now() - since >= this.policy.waitMaxMs;
    const answer = await this.commands.execute(
      new ApplyChange(change, undefined, { hasWaited: true, waitedEnough }),
    );
    if (waitedEnough && answer.outcome === 'void') {
      this.logger.error(
        { alarm: 'CHANGE_GIVEN_UP', dealId: change.dealId, reason: answer.reason },
        'a point change waited as long as it may and is void now',
      );
    }
    return answer.outcome;
  }
}
