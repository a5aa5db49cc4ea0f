import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { GenerationBook } from '../persistence/generation-book.ts';

/**
 * Serve from the generation that was being built (`swap`), give it up (`abort`), or let go of what a swap
 * has left behind (`drop-old`). Throws `REBUILD_NOT_RUNNING`.
 */
export class EndRebuild extends Command<void> {
  constructor(
    readonly how:
      | { readonly end: 'swap'; readonly generation: number }
      | { readonly end: 'abort' | 'drop-old' },
  ) {
    super();
  }
}

@CommandHandler(EndRebuild)
export class EndRebuildHandler implements ICommandHandler<EndRebuild> {
  constructor(private readonly book: GenerationBook) {}

  async execute({ how }: EndRebuild): Promise<void> {
    switch (how.end) {
      case 'swap':
        return this.book.swap(how.generation);
      case 'abort':
        return this.book.abort();
      case 'drop-old':
        return this.book.dropUnused();
      default:
        return how satisfies never;
    }
  }
}
