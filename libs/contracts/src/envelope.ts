import { z } from 'zod';
import { serviceNames } from './service-name.ts';
import type { ServiceName } from './service-name.ts';
import { instant } from './values/instant.ts';

/** `'deal.saved'` of `'deal.saved.v1'`. */
export type TypeOfKey<Key extends string> = Key extends `${infer Type}.v${number}` ? Type : never;

/** `1` of `'deal.saved.v1'`. */
export type VersionOfKey<Key extends string> =
  Key extends `${string}.v${infer Version extends number}` ? Version : never;

/** An event as it travels: what every event carries, around the `data` of its own. */
export interface EventEnvelope<Key extends string, Data> {
  /** UUID, unique for ever; the same when the event is delivered again. */
  id: string;
  /** What happened: `deal.saved`. With the version it makes the routing key, `deal.saved.v1`. */
  type: TypeOfKey<Key>;
  /** From 1; a breaking change is a new version beside the old. */
  version: VersionOfKey<Key>;
  /** The service that says it. */
  source: ServiceName;
  /** The aggregate it happened to: `deal/7`. */
  subject: string;
  /** UTC ISO 8601 with milliseconds. */
  occurredAt: string;
  /** Grows with every event of the subject: of two events the higher is the newer (P4). */
  sequence: number;
  /** Common to all that one request set in motion; 1 to 128 characters. */
  correlationId: string;
  data: Data;
}

/**
 * The envelope of every event, whatever it carries. Unknown fields are dropped, never refused: fields may
 * be added to a published event, and older readers must live with them.
 */
export const eventEnvelope = z.object({
  id: z.uuid().describe('unique for ever; the same when the event is delivered again'),
  type: z.string().min(1).max(64).describe('what happened'),
  version: z.int().min(1).describe('a breaking change is a new version beside the old'),
  source: z.enum(serviceNames).describe('the service that says it'),
  subject: z.string().min(1).max(64).describe('the aggregate it happened to'),
  occurredAt: instant,
  sequence: z.int().min(0).describe('grows with every event of the subject'),
  correlationId: z
    .string()
    .min(1)
    .max(128)
    .describe('common to all that one request set in motion'),
  data: z.unknown(),
});
