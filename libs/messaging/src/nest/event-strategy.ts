import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { isEventKey, parseEvent } from '@onepoint/contracts';
import type { EventKey, ServiceName } from '@onepoint/contracts';
import { ContinuedWork } from '@onepoint/platform';
import { isObservable, lastValueFrom } from 'rxjs';
import type {
  Consumption,
  EventTransport,
  IncomingMessage,
  ReaderOptions,
} from '../transport/event-transport.ts';
import { SetAside } from '../transport/transport.errors.ts';
import { EventContext } from './event-context.ts';
import { heardBy, unheardIf } from './on-event.ts';

/** A handler that the strategy cannot serve; found while the app starts. */
export class UnusableHandler extends Error {
  readonly code = 'UNUSABLE_HANDLER';

  constructor(pattern: string, why: string) {
    super(`the handler of ${pattern} ${why}`);
    this.name = 'UnusableHandler';
  }
}

/** A message came for which this version has no handler; a newer instance beside it may have one. */
export class NobodyHears extends Error {
  readonly code = 'NO_HANDLER';

  constructor(key: string) {
    super(`nothing here hears ${key}`);
    this.name = 'NobodyHears';
  }
}

/** Who hears an event, and which of them nobody does. */
interface Hearers {
  readonly handlers: readonly MessageHandler[];
  /** One for each handler that has any: an event is unread when all handlers have one that matches. */
  readonly unless: readonly RegExp[];
}

const nobody: Hearers = { handlers: [], unless: [] };

/**
 * Binds exactly the events that the app's {@link OnEvent} methods name, and hands them over on either
 * transport. Awaits the handlers and sees their errors; a breach of contract is set aside at once.
 */
export class EventStrategy extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  readonly #hearers = new Map<string, Hearers>();
  #consumption: Promise<Consumption> | null = null;

  constructor(
    private readonly transport: EventTransport,
    private readonly reader: Omit<ReaderOptions, 'keys' | 'mustRead'>,
    /** Told of every event that was handled. */
    private readonly onHandled: (source: ServiceName, occurredAt: number) => void = () => undefined,
  ) {
    super();
  }

  /** The events that are heard. */
  get keys(): readonly EventKey[] {
    return [...this.#hearers.keys()].filter(isEventKey);
  }

  /** @throws UnusableHandler for anything but a method with {@link OnEvent} */
  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const key = this.normalizePattern(String(pattern));
    if (!isEventKey(key)) throw new UnusableHandler(key, 'names no event of the catalogue');
    if (!isEventHandler || extras[heardBy] !== key) {
      throw new UnusableHandler(key, 'is not declared by @OnEvent');
    }
    const { handlers, unless } = this.#hearers.get(key) ?? nobody;
    const matching = extras[unheardIf];
    this.#hearers.set(key, {
      handlers: [...handlers, callback],
      unless: matching instanceof RegExp ? [...unless, matching] : unless,
    });
  }

  /** Starts reading, whether the broker is there or not; an app that hears nothing opens nothing. */
  listen(callback: (error?: unknown) => void): void {
    if (this.#hearers.size === 0) return callback();
    const reader: ReaderOptions = {
      ...this.reader,
      keys: this.keys,
      mustRead: (key, body) => this.mustRead(key, body),
    };
    this.#consumption = this.transport.consume(reader, (message) => this.deliver(message));
    this.#consumption.then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Takes no more messages and finishes those in hand. Idempotent. */
  async close(): Promise<void> {
    const consumption = await this.#consumption?.catch(() => null);
    await consumption?.stop();
  }

  /** Whether messages are received now; true for an app that hears nothing. */
  async isUp(): Promise<boolean> {
    const consumption = await this.#consumption?.catch(() => null);
    return consumption === null ? false : consumption?.status !== 'down';
  }

  /** Whether one handler at least cannot tell from an event's text that it is of no concern. */
  mustRead(key: string, body: string): boolean {
    const { handlers, unless } = this.#hearers.get(key) ?? nobody;
    if (unless.length === 0 || unless.length < handlers.length) return true;
    return !unless.every((pattern) => pattern.test(body));
  }

  /**
   * Hands one message to its handlers; resolves when all have finished.
   *
   * @throws ContractBreach, SetAside, NobodyHears or what a handler threw
   */
  async deliver(message: IncomingMessage): Promise<void> {
    const { key } = message;
    const handlers = this.#hearers.get(key)?.handlers;
    if (!isEventKey(key) || handlers === undefined) throw new NobodyHears(key);
    const event = parseEvent(key, parseJson(message.body));
    const context = new EventContext(key, message.tries, message.redelivered);
    const work = new ContinuedWork(event.id, event.correlationId, message.traceparent);
    await work.run(() => handled(handlers, event, context));
    this.onHandled(event.source, Date.parse(event.occurredAt));
  }

  on(): never {
    throw new UnusableHandler('on()', 'is not served: this strategy has no events of its own');
  }

  override unwrap<T>(): T {
    throw new UnusableHandler('unwrap()', 'is not served: the transport is given from outside');
  }
}

/** Awaits all handlers, also when one has failed. */
function handled(
  handlers: readonly MessageHandler[],
  event: unknown,
  context: EventContext,
): Promise<void> {
  const [only] = handlers;
  if (only !== undefined && handlers.length === 1) return finished(only(event, context));
  return handledByAll(handlers, event, context);
}

async function handledByAll(
  handlers: readonly MessageHandler[],
  event: unknown,
  context: EventContext,
): Promise<void> {
  const ends = await Promise.allSettled(handlers.map((one) => finished(one(event, context))));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Nest gives a promise of a value, or of a stream that must be listened to for anything to happen. */
async function finished(result: unknown): Promise<void> {
  const value = await result;
  if (isObservable(value)) await lastValueFrom(value, { defaultValue: undefined });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new SetAside('NOT_JSON', 'the message is not JSON');
  }
}
