import type { EventDataOf, EventKey } from '@onepoint/contracts';

/** The request that an event is part of: what its message carries on to those who hear it. */
export interface EventOrigin {
  /** 1 to 128 characters; the same in everything that one request sets off. */
  readonly correlationId: string;
  /** W3C trace context of the request. */
  readonly traceparent: string;
}

/** An event as its writer tells it; the outbox adds id, source and correlation. */
export interface NewEvent<K extends EventKey = EventKey> {
  readonly key: K;
  /** The aggregate it happened to: `deal/7`. */
  readonly subject: string;
  /** Of two events of one subject the higher is the newer (P4); from 0. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly data: EventDataOf<K>;
  /**
   * The request that caused it, where a batch runs for many at once; absent: the request under way. An
   * event of no request is the first of its own correlation.
   */
  readonly origin?: EventOrigin | undefined;
}

/** A new event with its data checked by the compiler against its key. */
export function newEvent<K extends EventKey>(key: K, words: Omit<NewEvent<K>, 'key'>): NewEvent<K> {
  return { key, ...words };
}
