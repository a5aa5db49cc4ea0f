import type { OutgoingMessage, PublishOutcome } from '../transport/event-transport.ts';
import { bundleBody, bundled, bundleTraces } from './bundle.ts';
import type { Bundle } from './bundle.ts';
import type { ConfirmedPublisher, Publish } from './confirmed-publisher.ts';
import { bundleHeaders, freshHeaders } from './message-headers.ts';

interface Waiting extends OutgoingMessage {
  readonly resolve: (outcome: PublishOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers the events that are published in one turn of the event loop, whichever outbox rows they come from, and sends
 * those of one key in one message: what a message costs the broker and its readers hardly depends on how much is in it.
 * Holds nothing beyond the turn.
 */
export class Bundler {
  #waiting: Waiting[] = [];

  /** @param eventsMax events in one message, from 1: each alone */
  constructor(
    private readonly publisher: Pick<ConfirmedPublisher, 'publish'>,
    private readonly exchange: string,
    private readonly eventsMax: number,
  ) {}

  /** Rejects as {@link ConfirmedPublisher.publish} does: the outcome of a message is that of all its events. */
  publish(message: OutgoingMessage): Promise<PublishOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<PublishOutcome>();
    if (this.#waiting.length === 0) queueMicrotask(() => this.#sendAll());
    this.#waiting.push({ ...message, resolve, reject });
    return promise;
  }

  #sendAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bundle of bundled(waiting, this.eventsMax)) {
      this.publisher.publish(this.#messageOf(bundle)).then(
        (outcome) => bundle.events.forEach(({ resolve }) => resolve(outcome)),
        (error: unknown) => bundle.events.forEach(({ reject }) => reject(error)),
      );
    }
  }

  #messageOf({ key, events }: Bundle<Waiting>): Publish {
    const [first] = events;
    const isAlone = events.length === 1;
    return {
      exchange: this.exchange,
      routingKey: key,
      key,
      messageId: first.id,
      body: Buffer.from(isAlone ? first.body : bundleBody(events)),
      headers: isAlone
        ? freshHeaders(first.traceparent)
        : bundleHeaders(events.length, bundleTraces(events)),
    };
  }
}
