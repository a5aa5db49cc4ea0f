import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { GroupCommit } from '@onepoint/persistence';
import { Clock, Metrics, batchObserver, currentContext } from '@onepoint/platform';
import type { ChangeAnswer } from '../domain/ledger-plan.ts';
import { Ledger } from '../domain/ledger.ts';
import type { ArrivingChange } from '../domain/plan-changes.ts';
import type { Origin, PointChange } from '../domain/point-change.ts';

/** Changes of one transaction at most; a batch is one round of four statements. */
const BATCH_MAX = 256;
/** Changes that may wait for their batch; beyond it callers are told to come back (P14). */
const QUEUE_MAX = 10_000;

/** Apply one change of one deal to its member's account, once. */
export class ApplyChange extends Command<ChangeAnswer> {
  constructor(
    readonly change: PointChange,
    /** How long the caller waits, in milliseconds: a change still queued then is dropped. */
    readonly deadlineMs?: number,
    readonly waited: { readonly hasWaited: boolean; readonly waitedEnough: boolean } = {
      hasWaited: false,
      waitedEnough: false,
    },
    /** The call it is part of; absent: the one under way. */
    readonly origin?: Origin,
  ) {
    super();
  }
}

/** Gathers the changes that arrive at the same time into one transaction (group commit). */
@Injectable()
@CommandHandler(ApplyChange)
export class ApplyChangeHandler implements ICommandHandler<ApplyChange> {
  private readonly commits: GroupCommit<ArrivingChange, ChangeAnswer>;

  constructor(ledger: Ledger, clock: Clock, metrics: Metrics) {
    this.commits = new GroupCommit<ArrivingChange, ChangeAnswer>({
      name: 'point-changes',
      batchMax: BATCH_MAX,
      queueMax: QUEUE_MAX,
      run: async (arriving) => {
        const answers = await ledger.apply(arriving, clock.now());
        return answers.map((value) => ({ ok: true as const, value }));
      },
      observe: batchObserver(metrics),
    });
  }

  execute({ change, waited, deadlineMs, origin }: ApplyChange): Promise<ChangeAnswer> {
    return this.commits.submit(
      { change, ...waited, origin: origin ?? currentContext() },
      deadlineMs === undefined ? {} : { deadlineMs },
    );
  }
}
