import type { z } from 'zod';
import { ContractBreach } from './contract-breach.ts';
import type { EventDefinition } from './define-event.ts';
import type { EventEnvelope } from './envelope.ts';
import { billingSettled } from './events/billing.ts';
import {
  dealFailed,
  dealSaveCancelled,
  dealSaved,
  dealUseCancelled,
  dealUsed,
} from './events/deal.ts';
import { memberCreated, memberUpdated, memberWithdrawn } from './events/member.ts';
import { merchantRegistered, merchantUpdated } from './events/merchant.ts';
import { pointAccountOpened, pointChanged, pointExtinguished } from './events/point.ts';

const definitions = {
  [memberCreated.key]: memberCreated,
  [memberUpdated.key]: memberUpdated,
  [memberWithdrawn.key]: memberWithdrawn,
  [merchantRegistered.key]: merchantRegistered,
  [merchantUpdated.key]: merchantUpdated,
  [dealSaved.key]: dealSaved,
  [dealUsed.key]: dealUsed,
  [dealSaveCancelled.key]: dealSaveCancelled,
  [dealUseCancelled.key]: dealUseCancelled,
  [dealFailed.key]: dealFailed,
  [pointAccountOpened.key]: pointAccountOpened,
  [pointChanged.key]: pointChanged,
  [pointExtinguished.key]: pointExtinguished,
  [billingSettled.key]: billingSettled,
};

type DataSchemas = { [K in keyof typeof definitions]: (typeof definitions)[K]['data'] };

/** The name of an event, which is also its routing key: `'deal.saved.v1'`. */
export type EventKey = keyof DataSchemas;

/** What an event of this key carries in its `data`. */
export type EventDataOf<K extends EventKey> = z.output<DataSchemas[K]>;

/** A whole event of this key, envelope and data. */
export type EventOf<K extends EventKey> = { [Key in K]: EventEnvelope<Key, EventDataOf<Key>> }[K];

/** Any event of the catalogue; `switch` on its `type` tells which. */
export type OnePointEvent = EventOf<EventKey>;

/** Every event that is spoken between the services, by its key. */
export const eventCatalogue: {
  readonly [K in EventKey]: EventDefinition<K, DataSchemas[K]>;
} = Object.freeze(definitions);

/** The keys of the catalogue, in its order. */
export const eventKeys: readonly EventKey[] = Object.keys(eventCatalogue).filter(isEventKey);

/** Whether the text is the key of an event in the catalogue. */
export function isEventKey(text: string): text is EventKey {
  return Object.hasOwn(eventCatalogue, text);
}

/**
 * Reads a message (parsed JSON) as the event that its routing key promises. Fields that the contract does
 * not know are dropped: a newer writer may add some.
 *
 * @throws ContractBreach when the message is not such an event, or the key is not in the catalogue
 */
export function parseEvent<K extends EventKey>(key: K, json: unknown): EventOf<K> {
  if (!isEventKey(key)) throw unknownEvent(key);
  const definition: EventDefinition<K, DataSchemas[K]> = eventCatalogue[key];
  const result = definition.schema.safeParse(json);
  if (result.success) return result.data;
  throw new ContractBreach(
    key,
    result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}

/**
 * The key of an event: its type and its version.
 *
 * @throws ContractBreach when the catalogue has no such event
 */
export function keyOf(event: { readonly type: string; readonly version: number }): EventKey {
  const key = `${event.type}.v${event.version}`;
  if (!isEventKey(key)) throw unknownEvent(key);
  return key;
}

function unknownEvent(key: string): ContractBreach {
  return new ContractBreach(key, [{ path: '', message: 'is not in the catalogue' }]);
}
