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
    const outcomes = await Promise.allSettled(due.map((each) => this.retry(each)));
    // One that fails is put off like one that still waits: it must not hold up those behind it (P15).
    const stillWaiting = due.filter((_each, at) => isUnsettled(outcomes[at]!));
    for (const [delayMs, tried] of Map.groupBy(stillWaiting, delayOf)) {
      await this.ledger.postpone(tried, this.clock.now() + delayMs);
    }
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return due.length;
  }

  private async retry({ change, since }: DueChange): Promise<string> {
    const waitedEnough = this.clock.now() - since >= this.policy.waitMaxMs;
    const { outcome, reason } = await this.commands.execute(
      new ApplyChange(change, undefined, { hasWaited: true, waitedEnough }),
    );
    if (outcome === 'void' && (reason === 'MEMBER_UNKNOWN' || reason === 'ORIGINAL_UNKNOWN')) {
      this.logger.error(
        { alarm: 'CHANGE_GIVEN_UP', dealId: change.dealId, reason },
        'a point change waited as long as it may and is void now',
      );
    }
    return outcome;
  }
}

function isUnsettled(outcome: PromiseSettledResult<string>): boolean {
  return outcome.status === 'rejected' || outcome.value === 'waiting';
}

function delayOf({ tries }: DueChange): number {
  return RETRY_DELAYS_MS[Math.min(tries, RETRY_DELAYS_MS.length - 1)]!;
}
