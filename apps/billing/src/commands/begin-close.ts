import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { BusinessCalendar, Clock } from '@onepoint/platform';
import { monthInFuture } from '../domain/billing.errors.ts';
import { Closes } from '../domain/month-close.ts';

/**
 * Close a month: settle every merchant of it, in the background. A close that runs, or has nothing
 * left to do, is the same close. Throws `MONTH_IN_FUTURE`.
 */
export class BeginClose extends Command<void> {
  constructor(readonly billingMonth: string) {
    super();
  }
}

@Injectable()
@CommandHandler(BeginClose)
export class BeginCloseHandler implements ICommandHandler<BeginClose> {
  constructor(
    private readonly closes: Closes,
    private readonly calendar: BusinessCalendar,
    private readonly clock: Clock,
  ) {}

  async execute({ billingMonth }: BeginClose): Promise<void> {
    const now = this.clock.now();
    if (billingMonth > this.calendar.monthOf(now)) throw monthInFuture(billingMonth);
    await this.closes.begin(billingMonth, now);
  }
}
