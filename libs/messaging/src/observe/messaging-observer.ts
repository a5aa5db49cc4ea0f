import type { ServiceName } from '@onepoint/contracts';

/** What a reader tells those who watch it. Called for every message: keep it cheap. */
export interface ReaderObserver {
  /** So many of one message were handled, or needed not be read, and are about to be acknowledged. */
  consumed(service: string, key: string, events: number): void;
  /** Failed and laid aside for a further try. */
  retried(service: string, key: string): void;
  /** Set aside for an operator (P15). */
  dead(service: string, key: string): void;
}

/** What the relay tells those who watch it. */
export interface RelayObserver {
  /** How much waits in the outbox, counted up to a limit, and how long the oldest has waited. */
  outbox(rows: number, oldestAgeMs: number): void;
  /** So many events of one row were taken. */
  published(events: number): void;
  /** Nobody is bound to this key: an alarm. */
  returned(key: string): void;
  /** So many rows became journal in one transaction. */
  marked(rows: number): void;
  /** Whether this process is the one that publishes. */
  leading(yes: boolean): void;
  /** So many rows of the journal had their time and are gone. */
  trimmed(rows: number): void;
}

/** What is told of events that were handled; not of those that needed not be read. */
export interface LagObserver {
  /** An event of that service is through, so long after it happened. */
  handled(source: ServiceName, lagMs: number): void;
}

/** Watches the whole of one service's messaging. */
export type MessagingObserver = ReaderObserver & RelayObserver & LagObserver;

const nothing = (): void => undefined;

/** Watches nothing. */
export const silentObserver: MessagingObserver = {
  consumed: nothing,
  retried: nothing,
  dead: nothing,
  outbox: nothing,
  published: nothing,
  returned: nothing,
  marked: nothing,
  leading: nothing,
  trimmed: nothing,
  handled: nothing,
};
