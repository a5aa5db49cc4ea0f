import type { ConfirmChannel, Message, Options } from 'amqplib';
import type { PublishOutcome } from '../transport/event-transport.ts';
import { BrokerAway, PublishUnknown } from '../transport/transport.errors.ts';
import type { BrokerLink } from './broker-link.ts';

/** Where a message goes and what travels beside its body. */
export interface Publish {
  /** `''` sends straight to the queue that the routing key names. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  readonly messageId: string;
  /** The event's key; kept when the broker moves the message between queues, as the routing key is not. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string | number>>;
}

interface Unanswered {
  readonly sentAt: number;
  readonly place: string;
  readonly resolve: (outcome: PublishOutcome) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Publishes persistent, mandatory messages on a confirm channel, pipelined. A confirm that was preceded by a
 * return is `unroutable`; no confirm within the time limit is unknown, and the connection is replaced.
 * Bounded by its callers: each keeps a window of its own.
 */
export class ConfirmedPublisher {
  readonly #unanswered = new Map<number, Unanswered>();
  readonly #returned = new Map<string, number>();
  #sequence = 0;
  #watch: NodeJS.Timeout | null = null;

  /** @param confirmTimeoutMs a blocked connection never confirms: the wait must end by itself */
  constructor(
    private readonly link: BrokerLink<ConfirmChannel>,
    private readonly confirmTimeoutMs: number,
  ) {}

  /** Call once for every new channel, before it is used. */
  attach(channel: ConfirmChannel): void {
    this.#returned.clear();
    channel.on('return', (message: Message) => {
      const { exchange, routingKey } = message.fields;
      const place = placeOf(exchange, routingKey, String(message.properties.messageId));
      this.#returned.set(place, (this.#returned.get(place) ?? 0) + 1);
    });
  }

  /** Rejects with BrokerAway or PublishUnknown. */
  publish(message: Publish): Promise<PublishOutcome> {
    const { channel } = this.link;
    if (channel === null) return Promise.reject(new BrokerAway('no connection for publishing'));
    const sequence = ++this.#sequence;
    const { promise, resolve, reject } = Promise.withResolvers<PublishOutcome>();
    const { exchange, routingKey, body } = message;
    const place = placeOf(exchange, routingKey, message.messageId);
    this.#unanswered.set(sequence, { sentAt: Date.now(), place, resolve, reject });
    try {
      channel.publish(exchange, routingKey, body, propertiesOf(message), (error: unknown) =>
        this.#onConfirm(sequence, error),
      );
    } catch (error) {
      this.#onConfirm(sequence, error);
    }
    this.#watch ??= setInterval(() => this.#rejectLate(), this.confirmTimeoutMs / 4).unref();
    return promise;
  }

  /** Rejects everything that is still unanswered. */
  close(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    for (const sequence of [...this.#unanswered.keys()]) {
      this.#onConfirm(sequence, new BrokerAway('closed'));
    }
  }

  #onConfirm(sequence: number, error: unknown): void {
    const waiting = this.#unanswered.get(sequence);
    if (waiting === undefined) return;
    this.#unanswered.delete(sequence);
    if (error !== null) {
      waiting.reject(new PublishUnknown(error instanceof Error ? error.message : String(error)));
    } else {
      waiting.resolve(this.#wasReturned(waiting.place) ? 'unroutable' : 'taken');
    }
  }

  /** The broker returns a message before it confirms it, so a return waits here for its confirm. */
  #wasReturned(place: string): boolean {
    if (this.#returned.size === 0) return false;
    const times = this.#returned.get(place);
    if (times === undefined) return false;
    if (times > 1) this.#returned.set(place, times - 1);
    else this.#returned.delete(place);
    return true;
  }

  /** The map is in order of sending, so the first entry is the one that has waited longest. */
  #rejectLate(): void {
    const deadline = Date.now() - this.confirmTimeoutMs;
    let late = 0;
    for (const [sequence, { sentAt }] of this.#unanswered) {
      if (sentAt > deadline) break;
      late += 1;
      this.#onConfirm(sequence, new Error(`no confirm within ${this.confirmTimeoutMs} ms`));
    }
    if (late > 0) this.link.reset(`${late} messages without a confirm`);
  }
}

function placeOf(exchange: string, routingKey: string, messageId: string): string {
  return `${exchange}\n${routingKey}\n${messageId}`;
}

function propertiesOf({ messageId, key, headers }: Publish): Options.Publish {
  return {
    persistent: true,
    mandatory: true,
    contentType: 'application/json',
    messageId,
    type: key,
    headers,
  };
}
