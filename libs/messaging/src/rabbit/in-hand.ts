interface Waiter {
  readonly count: number;
  readonly begin: () => void;
}

/**
 * Counts the events in hand. A message may carry many, so the broker's own limit, which counts messages, does not
 * bound them: who comes when the hand is full waits, in the order of coming.
 */
export class InHand {
  #count = 0;
  readonly #waiting: Waiter[] = [];
  #emptied: (() => void)[] = [];

  /** @param max events at once; one message with more than that still comes, alone */
  constructor(private readonly max: number) {}

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Resolves when there is room. Each must be given back, also by who has taken 0. */
  take(count: number): Promise<void> {
    if (this.#waiting.length === 0 && this.#hasRoomFor(count)) {
      this.#count += count;
      return Promise.resolve();
    }
    return new Promise((begin) => this.#waiting.push({ count, begin }));
  }

  give(count: number): void {
    this.#count -= count;
    for (
      let next = this.#waiting[0];
      next && this.#hasRoomFor(next.count);
      next = this.#waiting[0]
    ) {
      this.#waiting.shift();
      this.#count += next.count;
      next.begin();
    }
    if (this.#count > 0) return;
    const emptied = this.#emptied;
    this.#emptied = [];
    for (const resolve of emptied) resolve();
  }

  /** Resolves when nothing is in hand and nobody waits. */
  empty(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#emptied.push(resolve));
  }

  #hasRoomFor(count: number): boolean {
    return this.#count === 0 || this.#count + count <= this.max;
  }
}
