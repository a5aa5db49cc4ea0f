import type { LoggerService } from '@nestjs/common';
import type { ServiceName } from '@onepoint/contracts';
import type { OutboxDatabase } from './outbox-database.ts';
import type { RelayObserver } from '../observe/messaging-observer.ts';
import type { CommitBell } from '../outbox/commit-bell.ts';
import { messagesOf } from '../outbox/stored-events.ts';
import type { OutboxRow } from '../outbox/stored-events.ts';
import type { EventTransport, OutgoingMessage } from '../transport/event-transport.ts';
import { reasonOf } from '../transport/judge-delivery.ts';
import { jitteredDelayMs, pause } from '../transport/wait.ts';
import { HeldRows } from './held-rows.ts';
import { markRowsMax, markSent, OutboxTouched } from './mark-sent.ts';
import { highestId, readNewer, readOverlooked, readRowsMax } from './read-unsent.ts';
import { LeaseLost } from './relay-lease.ts';
import type { RelayLease } from './relay-lease.ts';

/** What a relay works with, and whose outbox it empties. */
export interface RelayParts {
  readonly service: ServiceName;
  readonly db: OutboxDatabase;
  readonly transport: EventTransport;
  readonly bell: CommitBell;
  readonly observer: RelayObserver;
  readonly logger: LoggerService;
}

/** The most events that are published and unconfirmed at once, give or take one read. */
export const windowEventsMax = 8_000;
/** The most rows that are under way at once. A row with a message under retry in process stays so long. */
export const windowRowsMax = 2_000;

/** Between two marks, for the same reason as between two reads. */
const markPaceMs = 200;
const sweepMs = 1_000;
const awayWaitMs = 1_000;
const againFirstMs = 100;
const againLongestMs = 5_000;

/**
 * One relay's time with the lease: carries each row on its own, so that a slow reader or an unroutable event
 * holds up no row but its own, and marks what is through in batches. Everything it knows is forgotten when
 * it ends: the next one begins with what the table says.
 */
export class RelayTerm {
  readonly #over = new AbortController();
  readonly #underWay = new Map<number, number>();
  readonly #held = new HeldRows();
  readonly #confirmed: number[] = [];
  #eventsUnderWay = 0;
  /** Where {@link readNewer} goes on. What lies below is found by looking at all that is unsent. */
  #highestId: number | null = null;
  #lookBack = true;
  #sweptAt = 0;
  #marking: Promise<void> | null = null;

  /** @param stopping fires when no new row is to be begun and no failed one tried again */
  constructor(
    private readonly parts: RelayParts,
    private readonly lease: RelayLease,
    private readonly stopping: AbortSignal,
  ) {}

  /** Fires when the lease is another's. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Whether rows may be begun. Below half of the window only, so that they are read in batches. */
  get hasRoom(): boolean {
    return this.#eventsUnderWay < windowEventsMax / 2 && this.#underWay.size < windowRowsMax / 2;
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0;
  }

  end(): void {
    this.#over.abort();
  }

  /** Begins rows that are unsent and not yet known, the oldest first; answers how many. */
  async beginRows(): Promise<number> {
    this.#highestId ??= await highestId(this.parts.db);
    const looksBack = this.#lookBack || Date.now() - this.#sweptAt >= sweepMs;
    // A look at all that is unsent sees the newer ones too.
    const begun = await (looksBack ? this.#beginOverlooked() : this.#beginNewer(this.#highestId));
    this.#lookBack = begun === 0 || (looksBack && begun === readRowsMax);
    return begun;
  }

  async #beginNewer(afterId: number): Promise<number> {
    const rows = await readNewer(this.parts.db, afterId);
    for (const row of rows) this.#begin(row);
    return rows.length;
  }

  async #beginOverlooked(): Promise<number> {
    this.#sweptAt = Date.now();
    const known = new Set([...this.#underWay.keys(), ...this.#held.waiting(this.#sweptAt)]);
    const rows = await readOverlooked(this.parts.db, known);
    const unknown = rows.filter(({ id }) => !this.#underWay.has(id));
    for (const row of unknown) this.#begin(row);
    return unknown.length;
  }

  #begin(row: OutboxRow): void {
    this.#highestId = Math.max(this.#highestId ?? 0, row.id);
    this.#underWay.set(row.id, row.eventCount);
    this.#eventsUnderWay += row.eventCount;
    void this.#carry(row).then((through) => {
      if (through) this.#confirm(row.id);
      else this.#forget(row.id);
    });
  }

  /** Publishes the row's events until all are taken; false when the row is to stay unsent for now. */
  async #carry(row: OutboxRow): Promise<boolean> {
    try {
      let open: readonly OutgoingMessage[] = messagesOf(row);
      for (let failures = 0; !this.#over.signal.aborted; failures += 1) {
        const { unknown, returned } = await this.#publish(open);
        if (returned.length > 0) return this.#hold(row.id, returned);
        if (unknown.length === 0) return true;
        if (this.stopping.aborted) return false;
        open = unknown;
        await this.#untilWorthATry(failures);
      }
    } catch (error) {
      this.parts.logger.error(`row ${row.id} cannot be published: ${reasonOf(error)}`);
      this.#held.add(row.id, Date.now());
    }
    return false;
  }

  /** A broker that is away is waited for; one that is there and refuses is tried more and more rarely. */
  async #untilWorthATry(failures: number): Promise<void> {
    const { transport } = this.parts;
    if (transport.status === 'down') await transport.waitUntilUp(awayWaitMs).catch(() => undefined);
    else await pause(jitteredDelayMs(failures, againFirstMs, againLongestMs), this.stopping);
  }

  async #publish(messages: readonly OutgoingMessage[]): Promise<{
    unknown: OutgoingMessage[];
    returned: OutgoingMessage[];
  }> {
    const answers = await Promise.allSettled(this.parts.transport.publish(messages));
    const outcomes = answers.map((answer) =>
      answer.status === 'rejected' ? 'unknown' : answer.value,
    );
    const those = (outcome: string): OutgoingMessage[] =>
      messages.filter((_message, index) => outcomes[index] === outcome);
    const [unknown, returned] = [those('unknown'), those('unroutable')];
    this.parts.observer.published(messages.length - unknown.length - returned.length);
    return { unknown, returned };
  }

  /** Nobody is bound to a key: an alarm. The row stays unsent, and is tried again more and more rarely. */
  #hold(rowId: number, returned: readonly OutgoingMessage[]): false {
    const delayMs = this.#held.add(rowId, Date.now());
    for (const { key } of returned) this.parts.observer.returned(key);
    const keys = [...new Set(returned.map(({ key }) => key))].join(', ');
    this.parts.logger.error(
      `row ${rowId} stays unsent, nobody is bound to ${keys}; next try in ${delayMs} ms`,
    );
    return false;
  }

  #forget(rowId: number): void {
    this.#eventsUnderWay -= this.#underWay.get(rowId) ?? 0;
    this.#underWay.delete(rowId);
    this.parts.bell.ring();
  }

  #confirm(rowId: number): void {
    this.#confirmed.push(rowId);
    this.#marking ??= this.#mark();
  }

  /** While one batch is being marked the next one gathers. */
  async #mark(): Promise<void> {
    while (this.#confirmed.length > 0 && !this.#over.signal.aborted) {
      const batch = this.#confirmed.slice(0, markRowsMax);
      try {
        await markSent(this.parts.db, this.lease, batch);
        this.#confirmed.splice(0, batch.length);
        for (const rowId of batch) {
          this.#held.delete(rowId);
          this.#forget(rowId);
        }
        this.parts.observer.marked(batch.length);
        if (batch.length < markRowsMax) await pause(markPaceMs, this.stopping);
      } catch (error) {
        if (error instanceof LeaseLost || error instanceof OutboxTouched) this.end();
        this.parts.logger.warn(`${batch.length} rows not marked yet: ${reasonOf(error)}`);
        await pause(againFirstMs, this.#over.signal);
      }
    }
    this.#marking = null;
  }
}
