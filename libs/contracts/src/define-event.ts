import { z } from 'zod';
import { eventEnvelope } from './envelope.ts';
import type { EventEnvelope } from './envelope.ts';
import type { ServiceName } from './service-name.ts';

/** One version of one event: its name, who says it, what it means and how it looks. */
export interface EventDefinition<Key extends string, Schema extends z.ZodType> {
  /** Name and routing key: `deal.saved.v1`. */
  readonly key: Key;
  /** The key without its version: `deal.saved`. */
  readonly type: string;
  /** From 1. */
  readonly version: number;
  /** The only service that says it. */
  readonly source: ServiceName;
  /** The kind of aggregate it happens to; an event's `subject` is this word, a slash and an id. */
  readonly aggregate: string;
  /** When it is said, in one line. */
  readonly meaning: string;
  /** The whole message: envelope and data. */
  readonly schema: z.ZodType<EventEnvelope<Key, z.output<Schema>>>;
  /** The `data` alone. */
  readonly data: Schema;
}

/** What an event is defined by; the rest of its {@link EventDefinition} follows from this. */
export type EventWords<Key extends string, Schema extends z.ZodType> = Pick<
  EventDefinition<Key, Schema>,
  'key' | 'source' | 'aggregate' | 'meaning' | 'data'
>;

/**
 * Defines one version of one event.
 *
 * @throws TypeError when the key is not `<words>.v<version>`.
 */
export function defineEvent<const Key extends string, Schema extends z.ZodType>(
  words: EventWords<Key, Schema>,
): EventDefinition<Key, Schema> {
  const { type, version } = partsOf(words.key);
  const schema = eventEnvelope.extend({
    type: z.literal(type),
    version: z.literal(version),
    source: z.literal(words.source),
    subject: z.string().regex(new RegExp(`^${words.aggregate}/[1-9]\\d{0,15}$`)),
    data: words.data,
  });
  return Object.freeze({
    ...words,
    type,
    version,
    // The compiler cannot take the key's text apart as partsOf did; this says what it found.
    schema: schema as unknown as z.ZodType<EventEnvelope<Key, z.output<Schema>>>,
  });
}

function partsOf(key: string): { type: string; version: number } {
  const [, type, version] = /^([a-z]+(?:[.-][a-z]+)*)\.v([1-9]\d*)$/.exec(key) ?? [];
  if (type === undefined || version === undefined) {
    throw new TypeError(`an event's key is <words>.v<version>, not ${key}`);
  }
  return { type, version: Number(version) };
}
