import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { DealBook } from '../domain/deal-book.ts';

/** Turn the billing status of settled deals to `yes`. */
export class MarkSettled extends Command<void> {
  constructor(readonly dealIds: readonly number[]) {
    super();
  }
}

@Injectable()
@CommandHandler(MarkSettled)
export class MarkSettledHandler implements ICommandHandler<MarkSettled> {
  constructor(private readonly book: DealBook) {}

  execute({ dealIds }: MarkSettled): Promise<void> {
    return this.book.markSettled(dealIds);
  }
}
