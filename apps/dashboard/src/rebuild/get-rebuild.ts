import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { GenerationBook } from '../persistence/generation-book.ts';
import type { RebuildState } from './rebuild-state.ts';

/** Which generation is serving, and is one being built? */
export class GetRebuild extends Query<RebuildState> {}

@QueryHandler(GetRebuild)
export class GetRebuildHandler implements IQueryHandler<GetRebuild> {
  constructor(private readonly book: GenerationBook) {}

  async execute(): Promise<RebuildState> {
    const { serving, building } = await this.book.read();
    return { serving, building };
  }
}
