import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { GenerationBook } from '../persistence/generation-book.ts';
import type { RebuildState } from './rebuild-state.ts';

/** Begin a second read model that live events are written to as well, or go on with the one begun. */
export class BeginRebuild extends Command<RebuildState> {}

@CommandHandler(BeginRebuild)
export class BeginRebuildHandler implements ICommandHandler<BeginRebuild> {
  constructor(private readonly book: GenerationBook) {}

  async execute(): Promise<RebuildState> {
    const building = await this.book.begin();
    const { serving } = await this.book.read();
    return { serving, building };
  }
}
