import { randomUUID } from 'node:crypto';
import { eventCatalogue, parseEvent } from '@onepoint/contracts';
import type { EventDataOf, EventKey, EventOf } from '@onepoint/contracts';

/** An event together with its key, as a consumer gets it. */
export type Said = { [K in EventKey]: { readonly key: K; readonly event: EventOf<K> } }[EventKey];

/** Noon of the day on which everything in these tests happens, Asia/Seoul. */
export const NOON = Date.parse('2026-11-23T03:00:00.000Z');

/** Says an event as its service would; throws ContractBreach when no service could. */
export function said<K extends EventKey>(
  key: K,
  subjectId: number,
  data: EventDataOf<K>,
  { sequence = 0, at = NOON }: { readonly sequence?: number; readonly at?: number } = {},
): Said {
  const { type, version, source, aggregate } = eventCatalogue[key];
  const event = parseEvent(key, {
    ...{ id: randomUUID(), type, version, source, sequence, data },
    subject: `${aggregate}/${subjectId}`,
    occurredAt: iso(at),
    correlationId: 'spec',
  });
  // The compiler cannot see that both halves come from the same key.
  return { key, event } as unknown as Said;
}

/** Epoch milliseconds as events spell them. */
export function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
