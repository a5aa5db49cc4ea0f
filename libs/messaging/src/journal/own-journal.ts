import type { ServiceName } from '@onepoint/contracts';
import type { HeardEvents } from '../observe/heard-events.ts';
import type { OutboxDatabase } from '../relay/outbox-database.ts';
import type { JournalStateView } from './journal-views.ts';
import { readJournal } from './read-journal.ts';
import type { JournalPage, JournalStart } from './read-journal.ts';
import { readJournalState } from './read-journal-state.ts';

/** The reader of the same service, as far as its state is told. */
export interface WatchedReader {
  readonly keys: readonly string[];
  isUp(): Promise<boolean>;
}

/** The journal of the service that this process is, as others may read it. */
export class OwnJournal {
  constructor(
    private readonly service: ServiceName,
    private readonly db: OutboxDatabase,
    private readonly reader: WatchedReader,
    private readonly heard: HeardEvents,
  ) {}

  page(start: JournalStart, limit: number): Promise<JournalPage> {
    return readJournal(this.db, start, limit);
  }

  /** How outbox, journal and reader stand; what was heard is told of this process alone. */
  async state(): Promise<JournalStateView> {
    const { oldestUnsentAt, relayUntil, ...state } = await readJournalState(this.db);
    return {
      service: this.service,
      ...state,
      oldestUnsentAt: isoOf(oldestUnsentAt),
      relayUntil: isoOf(relayUntil),
      reader: {
        isUp: await this.reader.isUp(),
        keys: [...this.reader.keys],
        heard: this.heard.sources.map(({ source, lastEventAt, lagMs }) => ({
          source,
          lastEventAt: new Date(lastEventAt).toISOString(),
          lagMs,
        })),
      },
    };
  }
}

function isoOf(instantMs: number | null): string | null {
  return instantMs === null ? null : new Date(instantMs).toISOString();
}
