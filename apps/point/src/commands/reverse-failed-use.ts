import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { GroupCommit } from '@onepoint/persistence';
import { Clock, Metrics, batchObserver, currentContext } from '@onepoint/platform';
import { Ledger } from '../domain/ledger.ts';
import type { FailedUse, ReversalAnswer } from '../domain/plan-reversals.ts';

/** Undo what a use may have debited before Deal gave it up, or keep it from ever debiting (P3). */
export class ReverseFailedUse extends Command<ReversalAnswer> {
  constructor(readonly use: FailedUse) {
    super();
  }
}

@Injectable()
@CommandHandler(ReverseFailedUse)
export class ReverseFailedUseHandler implements ICommandHandler<ReverseFailedUse> {
  private readonly commits: GroupCommit<FailedUse, ReversalAnswer>;

  constructor(ledger: Ledger, clock: Clock, metrics: Metrics) {
    this.commits = new GroupCommit<FailedUse, ReversalAnswer>({
      name: 'point-reversals',
      batchMax: 256,
      queueMax: 10_000,
      run: async (failed) => {
        const answers = await ledger.reverse(failed, clock.now());
        return answers.map((value) => ({ ok: true as const, value }));
      },
      observe: batchObserver(metrics),
    });
  }

  execute({ use }: ReverseFailedUse): Promise<ReversalAnswer> {
    return this.commits.submit({ ...use, origin: currentContext() });
  }
}
