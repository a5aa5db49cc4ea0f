import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { IEventHandler } from '@nestjs/cqrs';

/** Where `@EventsHandler` of Nest CQRS 12 writes its event classes; the package does not export it. */
const EVENTS_HANDLER_METADATA = '__eventsHandler__';

/** An event that no projection handles: the app must not start, or the event not be acknowledged. */
export class NobodyProjects extends Error {
  override readonly name = 'NobodyProjects';

  constructor(what: string) {
    super(`no @EventsHandler projects ${what}`);
  }
}

/** A handler that cannot be called as the one instance it is. */
export class UnusableProjection extends Error {
  override readonly name = 'UnusableProjection';

  constructor(name: string) {
    super(`${name} must be a singleton with a handle method`);
  }
}

/**
 * Calls the app's `@EventsHandler`s and waits for them. The stock EventBus puts events on a subject
 * and swallows what handlers throw: a message would be acknowledged before its projection has
 * committed, or without it. The handlers are ordinary ones; only who calls them differs.
 */
@Injectable()
export class AwaitedDispatch implements OnModuleInit {
  private readonly handlers = new Map<unknown, IEventHandler<object>[]>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws NobodyProjects when not one handler is found, UnusableProjection */
  onModuleInit(): void {
    for (const { metatype, instance, ...wrapper } of this.providers()) {
      if (metatype === null || typeof metatype !== 'function') continue;
      const events: unknown = Reflect.getMetadata(EVENTS_HANDLER_METADATA, metatype);
      if (!Array.isArray(events)) continue;
      if (!wrapper.isStatic || !isHandler(instance)) throw new UnusableProjection(metatype.name);
      for (const event of events) this.register(event, instance);
    }
    if (this.handlers.size === 0) throw new NobodyProjects('anything');
  }

  /**
   * Hands events to every handler of their class, one after the other, and resolves when all have
   * done their part. Rejects with the first error. Waits only for handlers that give something to wait for.
   *
   * @throws NobodyProjects
   */
  async dispatch(events: Iterable<object>): Promise<void> {
    for (const event of events) {
      const handlers = this.handlers.get(event.constructor);
      if (handlers === undefined) throw new NobodyProjects(event.constructor.name);
      for (const handler of handlers) {
        const done: Promise<void> | undefined = handler.handle(event);
        if (done !== undefined) await done;
      }
    }
  }

  private providers() {
    return this.discovery.getProviders().map((wrapper) => ({
      metatype: wrapper.metatype,
      instance: wrapper.instance as unknown,
      isStatic: wrapper.isDependencyTreeStatic(),
    }));
  }

  private register(event: unknown, handler: IEventHandler<object>): void {
    const known = this.handlers.get(event) ?? [];
    if (!known.includes(handler)) this.handlers.set(event, [...known, handler]);
  }
}

function isHandler(instance: unknown): instance is IEventHandler<object> {
  return (
    typeof instance === 'object' &&
    instance !== null &&
    'handle' in instance &&
    typeof instance.handle === 'function'
  );
}
