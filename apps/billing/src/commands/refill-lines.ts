import { Injectable } from '@nestjs/common';
import { Command, CommandBus, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { BusinessCalendar } from '@onepoint/platform';
import { Billings } from '../domain/billings.ts';
import { besideJournal } from '../domain/refilled-lines.ts';
import type { DifferentLine } from '../domain/refilled-lines.ts';
import { isSettled } from '../domain/settlement-line.ts';
import { AcceptLine } from './accept-line.ts';
import type { HeardDeal } from './accept-line.ts';

/** What became of the deals of one page of the journal. */
export interface Refilled {
  /** Those that belong on a statement. */
  readonly checked: number;
  /** Those whose line was not there, and is now. */
  readonly filled: number;
  readonly different: readonly DifferentLine[];
}

/**
 * Set the lines beside what Deal's journal tells, and fill the gaps. What stands is never changed, and
 * runs stay: a line that was missing is settled by the next one (P9).
 */
export class RefillLines extends Command<Refilled> {
  constructor(readonly deals: readonly HeardDeal[]) {
    super();
  }
}

@Injectable()
@CommandHandler(RefillLines)
export class RefillLinesHandler implements ICommandHandler<RefillLines> {
  constructor(
    private readonly billings: Billings,
    private readonly commands: CommandBus,
    private readonly calendar: BusinessCalendar,
  ) {}

  async execute({ deals }: RefillLines): Promise<Refilled> {
    const told = deals
      .filter(isSettled)
      .map((deal) => ({ ...deal, billingMonth: this.calendar.monthOf(deal.dealDate) }));
    const standing = await this.billings.standingLines(told.map(({ dealId }) => dealId));
    const { missing, different } = besideJournal(told, standing);
    await Promise.all(missing.map((line) => this.commands.execute(new AcceptLine(line))));
    return { checked: told.length, filled: missing.length, different };
  }
}
