import type { LoggerService } from '@nestjs/common';
import { Rounds } from '@onepoint/platform';
import type { RelayObserver } from '../observe/messaging-observer.ts';
import type { OutboxDatabase } from '../relay/outbox-database.ts';
import type { Relay } from '../relay/relay.ts';
import { trimJournal } from './trim-journal.ts';

const everyMs = 60_000;

/** What keeps a journal from growing for ever. */
export interface ForgetOldEventsParts {
  readonly db: OutboxDatabase;
  /** Only the process that publishes trims: there is one deleter at a time. */
  readonly relay: Pick<Relay, 'isLeading'>;
  /** Milliseconds that an event stays readable after it was sent; 0 keeps it for ever. */
  readonly keepMs: number;
  readonly observer: Pick<RelayObserver, 'trimmed'>;
  readonly logger: LoggerService;
}

/** Trims the journal to its time, a little every minute. */
export class ForgetOldEvents {
  readonly #rounds: Rounds;
  #stopping = false;

  constructor(private readonly parts: ForgetOldEventsParts) {
    this.#rounds = new Rounds({
      name: 'trimming the journal',
      everyMs,
      round: () => this.forget(Date.now()),
      logger: parts.logger,
    });
  }

  start(): void {
    if (this.parts.keepMs > 0) this.#rounds.start();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#rounds.stop();
  }

  /** One round at `now` (epoch milliseconds); answers how many rows went. */
  async forget(now: number): Promise<number> {
    const { db, relay, keepMs, observer } = this.parts;
    if (keepMs === 0) return 0;
    const rows = await trimJournal(db, now - keepMs, () => relay.isLeading && !this.#stopping);
    observer.trimmed(rows);
    return rows;
  }
}
