import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { GroupCommit } from '@onepoint/persistence';
import { BusinessCalendar, Clock, Metrics, batchObserver } from '@onepoint/platform';
import { Billings } from '../domain/billings.ts';
import { isSettled } from '../domain/settlement-line.ts';
import type { SettlementLine } from '../domain/settlement-line.ts';

/** Lines of one transaction at most. */
const BATCH_MAX = 500;
/** Lines that may wait for their batch; beyond it their messages are laid back (P14). */
const QUEUE_MAX = 10_000;

/** A successful deal as it was heard of; its month follows from its date. */
export type HeardDeal = Omit<SettlementLine, 'billingMonth'>;

/** Put a deal on its merchant's account for the month it was made in, once (P4). */
export class AcceptLine extends Command<void> {
  constructor(readonly deal: HeardDeal) {
    super();
  }
}

/** Gathers the lines that arrive at the same time into one transaction (group commit). */
@Injectable()
@CommandHandler(AcceptLine)
export class AcceptLineHandler implements ICommandHandler<AcceptLine> {
  private readonly commits: GroupCommit<SettlementLine, void>;

  constructor(
    billings: Billings,
    clock: Clock,
    metrics: Metrics,
    private readonly calendar: BusinessCalendar,
  ) {
    this.commits = new GroupCommit<SettlementLine, void>({
      name: 'billing-lines',
      batchMax: BATCH_MAX,
      queueMax: QUEUE_MAX,
      run: async (lines) => {
        await billings.accept(lines, clock.now());
        return lines.map(() => ({ ok: true as const, value: undefined }));
      },
      observe: batchObserver(metrics),
    });
  }

  async execute({ deal }: AcceptLine): Promise<void> {
    if (!isSettled(deal)) return;
    await this.commits.submit({ ...deal, billingMonth: this.calendar.monthOf(deal.dealDate) });
  }
}
