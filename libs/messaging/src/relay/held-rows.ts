/** The most rows remembered as held; beyond it the oldest is forgotten, which only tries it sooner. */
export const heldRowsMax = 10_000;

const firstMs = 1_000;
const longestMs = 60_000;

interface Hold {
  readonly until: number;
  readonly delayMs: number;
}

/** Rows that could not be routed, each with the time before which it is not tried again. */
export class HeldRows {
  readonly #holds = new Map<number, Hold>();

  /** Holds the row, each time twice as long as the time before; answers for how long (milliseconds). */
  add(rowId: number, now: number): number {
    const before = this.#holds.get(rowId);
    const delayMs = before === undefined ? firstMs : Math.min(before.delayMs * 2, longestMs);
    this.#holds.delete(rowId);
    this.#holds.set(rowId, { until: now + delayMs, delayMs });
    const [oldest] = this.#holds.keys();
    if (this.#holds.size > heldRowsMax && oldest !== undefined) this.#holds.delete(oldest);
    return delayMs;
  }

  delete(rowId: number): void {
    this.#holds.delete(rowId);
  }

  /** The rows that are not to be tried yet. */
  *waiting(now: number): Generator<number> {
    for (const [rowId, { until }] of this.#holds) if (until > now) yield rowId;
  }
}
