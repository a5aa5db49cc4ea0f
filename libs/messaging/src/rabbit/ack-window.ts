import type { ConsumeMessage } from 'amqplib';

/** Sends one acknowledgement to the channel that the window belongs to. */
export type SendAck = (message: ConsumeMessage, upTo: boolean) => void;

/**
 * Gathers the acknowledgements of one channel and sends those of one turn of the event loop together: all
 * messages up to the first one that is still in hand by a single frame, those beyond it one by one. Never
 * acknowledges a message that was not settled. Bounded by the channel's prefetch.
 */
export class AckWindow {
  #next = 1;
  readonly #ready = new Map<number, ConsumeMessage>();
  readonly #sentAlone = new Set<number>();
  #scheduled = false;

  constructor(private readonly send: SendAck) {}

  /** @param message one that came on this very channel: its tag means nothing elsewhere */
  settle(message: ConsumeMessage): void {
    this.#ready.set(message.fields.deliveryTag, message);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.flush());
  }

  /** Sends what has been gathered, now. */
  flush(): void {
    this.#scheduled = false;
    this.#sendContiguous();
    for (const [tag, message] of this.#ready) {
      this.#sentAlone.add(tag);
      this.send(message, false);
    }
    this.#ready.clear();
  }

  #sendContiguous(): void {
    let last: ConsumeMessage | null = null;
    let count = 0;
    for (;;) {
      const message = this.#ready.get(this.#next);
      if (message !== undefined) {
        this.#ready.delete(this.#next);
        last = message;
        count += 1;
      } else if (!this.#sentAlone.delete(this.#next)) {
        break;
      }
      this.#next += 1;
    }
    if (last !== null) this.send(last, count > 1);
  }
}
