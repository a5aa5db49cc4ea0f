import { UseFilters } from '@nestjs/common';
import type { EventKey, EventOf } from '@onepoint/contracts';
import { EventPattern } from '@nestjs/microservices';
import { PARAM_ARGS_METADATA } from '@nestjs/microservices/constants.js';
import type { EventContext } from './event-context.ts';
import { KeepErrorFilter } from './keep-error.filter.ts';

/** A method that handles one event; its message is acknowledged when the promise (or stream) completes. */
export type EventHandler<K extends EventKey> = (
  event: EventOf<K>,
  context: EventContext,
) => unknown;

type EventHandlerDecorator<K extends EventKey> = <Handler extends EventHandler<K>>(
  target: object,
  name: string,
  descriptor: TypedPropertyDescriptor<Handler>,
) => void;

/** Marks the handlers that were declared by {@link OnEvent}, in the extras of Nest's pattern. */
export const heardBy = 'onepoint-event';
/** Where the extras keep {@link HearingOptions.unless}. */
export const unheardIf = 'onepoint-event-unless';

/** What a handler need not hear of its event. */
export interface HearingOptions {
  /**
   * The JSON text of events that are of no concern, each as it came: what matches is acknowledged unread, nothing
   * is parsed and no handler asked. It costs next to nothing, and its contract is not checked; so let it match no more
   * than what is surely such an event as our outbox writes it (no blanks, its members in their order). Whatever
   * else there is, is read. Without the flags `g` and `y`, for it is used again and again.
   */
  readonly unless?: RegExp;
}

/**
 * Declares the method of a controller that hears an event: it gets the parsed event and the
 * {@link EventContext}. It must be idempotent by the event's own keys and must not expect order: events come
 * at least once, sometimes twice, sometimes late (P4). Throw to have it tried again; throw SetAside when
 * that cannot help.
 */
export function OnEvent<K extends EventKey>(
  key: K,
  { unless }: HearingOptions = {},
): EventHandlerDecorator<K> {
  return (target, name, descriptor) => {
    EventPattern<string>(key, { [heardBy]: key, [unheardIf]: unless })(target, name, descriptor);
    UseFilters(KeepErrorFilter)(target, name, descriptor);
    // No parameters to resolve: Nest then hands on what the strategy gives, as it is. Each `Payload()` and `Ctx()` would
    // cost every event a walk through pipes that there are none of.
    Reflect.defineMetadata(PARAM_ARGS_METADATA, {}, target.constructor, name);
  };
}
