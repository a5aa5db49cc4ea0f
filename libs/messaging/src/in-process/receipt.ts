import type { OutgoingMessage, PublishOutcome } from '../transport/event-transport.ts';
import { PublishUnknown } from '../transport/transport.errors.ts';

/** One published event on its way to all of its readers; answered when the last of them is through. */
export class Receipt {
  readonly answer: Promise<PublishOutcome>;
  readonly #resolve: (outcome: PublishOutcome) => void;
  readonly #reject: (error: Error) => void;
  #open: number;

  /** @param readers how many are bound to its key, from 1 */
  constructor(
    readonly message: OutgoingMessage,
    readers: number,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<PublishOutcome>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#open = readers;
  }

  /** One reader has handled it or set it aside. */
  settle(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#resolve('taken');
  }

  /** A reader stopped before it was through: the outbox row stays unsent and is delivered again. */
  abandon(): void {
    this.#reject(new PublishUnknown('its reader stopped'));
  }
}
