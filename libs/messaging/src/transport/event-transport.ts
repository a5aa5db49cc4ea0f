import type { EventKey, ServiceName } from '@onepoint/contracts';
import type { ReaderObserver } from '../observe/messaging-observer.ts';

/** One event on its way out, already written as JSON. */
export interface OutgoingMessage {
  /** The event's id; stays the same when it is published again. */
  readonly id: string;
  /** Also the routing key. */
  readonly key: EventKey;
  /** The event's JSON, written once when it was appended to the outbox. */
  readonly body: string;
  /** W3C trace context of the request that caused the event. */
  readonly traceparent: string | null;
}

/** One event that has come in, not yet parsed. */
export interface IncomingMessage {
  readonly id: string;
  /** What the sender says it is; not necessarily a key that this version knows. */
  readonly key: string;
  readonly body: string;
  readonly traceparent: string | null;
  /** How often it has failed before; 0 the first time. A time the database was away is not counted. */
  readonly tries: number;
  /** When it failed first (UTC ISO 8601); null while it has not failed. */
  readonly firstFailedAt: string | null;
  /** Whether the broker says that it handed this message out before. */
  readonly redelivered: boolean;
}

/**
 * `taken`: the broker holds it durably for every reader that is bound to its key (in process: every reader
 * has handled it or set it aside). `unroutable`: nobody is bound to its key; an alarm, never a success (P4).
 */
export type PublishOutcome = 'taken' | 'unroutable';

/** What a service wants to hear, and how it wants to be treated when it fails. */
export interface ReaderOptions {
  readonly service: ServiceName;
  /** Exactly these are bound. */
  readonly keys: readonly EventKey[];
  /** How many messages may be in hand at once, from 1; they are handed over concurrently. */
  readonly prefetch: number;
  /** Waiting times before each further try; after the last the message is set aside (P15). */
  readonly retryDelaysMs: readonly number[];
  /** Whether the error says that the database is away: no fault of the message's. */
  readonly isAway: (error: unknown) => boolean;
  /** Resolves when the database is back. May be called by many messages at once. */
  readonly waitUntilBack: () => Promise<void>;
  /** How long a message is kept in hand for an absent database before it is laid back, uncounted. */
  readonly holdMaxMs?: number;
  /** How long {@link Consumption.stop} waits for what is in hand. */
  readonly drainMaxMs?: number;
  readonly observer?: ReaderObserver;
  /**
   * Whether an event must be read; looks at its JSON text alone and never throws. One that need not be is acknowledged
   * as if it had been handled. Default: all are read.
   */
  readonly mustRead?: MustRead;
}

/** Says of an event's JSON text, under its key, whether it must be read. */
export type MustRead = (key: string, body: string) => boolean;

/** Handles one message; the message is acknowledged when it resolves, and judged when it rejects. */
export type Deliver = (message: IncomingMessage) => Promise<void>;

/** A reader at work. */
export interface Consumption {
  readonly status: 'up' | 'down';
  /** @throws BrokerAway when messages cannot be received within the time */
  waitUntilUp(timeoutMs: number): Promise<void>;
  /** Takes no more messages, finishes those in hand, acknowledges them and lets go. Idempotent. */
  stop(): Promise<void>;
}

/** How events travel. Handlers and the relay cannot tell which transport they run on. */
export interface EventTransport {
  /**
   * One promise for each message, in their order. A rejected one is unknown, not failed: the message may
   * have arrived. Publish it again; readers tolerate that (P4).
   */
  publish(messages: readonly OutgoingMessage[]): Promise<PublishOutcome>[];
  /** Starts a reader. Does not wait for the broker: see {@link Consumption.waitUntilUp}. */
  consume(reader: ReaderOptions, deliver: Deliver): Promise<Consumption>;
  /** Whether publishing can succeed now. */
  readonly status: 'up' | 'down';
  /** @throws BrokerAway when publishing is not possible within the time */
  waitUntilUp(timeoutMs: number): Promise<void>;
  /** Stops its readers and lets go of the broker. What is still unconfirmed is rejected. Idempotent. */
  close(): Promise<void>;
}
