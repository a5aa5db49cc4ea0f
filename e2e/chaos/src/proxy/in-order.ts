interface Act {
  readonly at: number;
  readonly run: () => void;
}

/** Acts with delays of their own that nevertheless happen in the order in which they were asked for. */
export class InOrder {
  readonly #waiting: Act[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** @param ms 0 or less: at once, when nothing waits before it */
  after(ms: number, run: () => void): void {
    if (ms <= 0 && this.#waiting.length === 0) return run();
    this.#waiting.push({ at: performance.now() + Math.max(ms, 0), run });
    this.#timer ??= this.#next();
  }

  #next(): NodeJS.Timeout | null {
    const [first] = this.#waiting;
    if (first === undefined) return null;
    return setTimeout(
      () => {
        this.#waiting.shift();
        first.run();
        this.#timer = this.#next();
      },
      Math.max(first.at - performance.now(), 1),
    );
  }
}
