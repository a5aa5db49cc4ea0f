import type { EventDataOf, EventKey } from '@onepoint/contracts';

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
}

/** A new event with its data checked by the compiler against its key. */
export function newEvent<K extends EventKey>(key: K, words: Omit<NewEvent<K>, 'key'>): NewEvent<K> {
  return { key, ...words };
}
