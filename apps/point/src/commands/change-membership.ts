import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { GroupCommit } from '@onepoint/persistence';
import { Clock, Metrics, batchObserver, currentContext } from '@onepoint/platform';
import { Ledger } from '../domain/ledger.ts';
import type { MembershipAnswer, MembershipChange } from '../domain/plan-memberships.ts';

/** Open the account of a member who joined, or close that of one who left. */
export class ChangeMembership extends Command<MembershipAnswer> {
  constructor(readonly membership: MembershipChange) {
    super();
  }
}

@Injectable()
@CommandHandler(ChangeMembership)
export class ChangeMembershipHandler implements ICommandHandler<ChangeMembership> {
  private readonly commits: GroupCommit<MembershipChange, MembershipAnswer>;

  constructor(ledger: Ledger, clock: Clock, metrics: Metrics) {
    this.commits = new GroupCommit<MembershipChange, MembershipAnswer>({
      name: 'point-memberships',
      batchMax: 256,
      queueMax: 10_000,
      run: async (changes) => {
        const answers = await ledger.changeMemberships(changes, clock.now());
        return answers.map((value) => ({ ok: true as const, value }));
      },
      observe: batchObserver(metrics),
    });
  }

  execute({ membership }: ChangeMembership): Promise<MembershipAnswer> {
    return this.commits.submit({ ...membership, origin: currentContext() });
  }
}
