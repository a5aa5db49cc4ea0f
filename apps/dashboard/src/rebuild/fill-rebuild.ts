import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { ContractBreach, isEventKey, parseEvent } from '@onepoint/contracts';
import type { EventKey, EventOf } from '@onepoint/contracts';
import { InvalidRequest } from '@onepoint/platform';
import { GenerationBook } from '../persistence/generation-book.ts';
import { RebuildNotRunning } from '../persistence/generation-pointer.ts';
import { ProjectEvents } from '../projections/project-events.ts';
import type { KeyedEvent } from '../projections/project-events.ts';

/** What must be readable of an event before anybody can tell which one it is. */
export interface ToldEvent {
  readonly type: string;
  readonly version: number;
}

/**
 * Project events of the journals into the generation that is being built. Answers how many there were of
 * which this version knows nothing: it does not hear them live either.
 * Throws `INVALID_REQUEST`, `REBUILD_NOT_RUNNING`.
 */
export class FillRebuild extends Command<number> {
  constructor(
    readonly generation: number,
    readonly events: readonly ToldEvent[],
  ) {
    super();
  }
}

@CommandHandler(FillRebuild)
export class FillRebuildHandler implements ICommandHandler<FillRebuild> {
  constructor(
    private readonly projections: ProjectEvents,
    private readonly book: GenerationBook,
  ) {}

  async execute({ generation, events }: FillRebuild): Promise<number> {
    // A page of nothing is refused like any other; whether it still is being built, each batch asks.
    if ((await this.book.read()).building !== generation) throw new RebuildNotRunning(generation);
    const known: KeyedEvent[] = [];
    for (const told of events) {
      const key = `${told.type}.v${told.version}`;
      if (isEventKey(key)) known.push({ key, event: parsed(key, told) });
    }
    if (known.length > 0) await this.projections.fill(generation, known);
    return events.length - known.length;
  }
}

function parsed<K extends EventKey>(key: K, told: ToldEvent): EventOf<K> {
  try {
    return parseEvent(key, told);
  } catch (error) {
    if (error instanceof ContractBreach) throw new InvalidRequest(error.message);
    throw error;
  }
}
