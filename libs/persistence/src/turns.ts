import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { Fifo } from './fifo.ts';

interface Waiter {
  readonly begin: () => void;
  readonly refuse: (error: DatabaseUnavailable) => void;
  readonly untilMs: number;
}

/** How many may hold a connection at once, and how many may wait how long for one. */
export interface TurnLimits {
  readonly capacity: number;
  readonly waitingMax: number;
  readonly waitMaxMs: number;
}

/**
 * Hands out turns in the order they were asked for. SQLite has one: TypeORM gives all callers the
 * same connection, and two at once would sit in each other's transaction. MySQL has one per
 * connection of its pool, so that waiting is bounded in number and in time in one place.
 */
export class Turns {
  private readonly waiting = new Fifo<Waiter>();
  private free: number;
  private closed = false;
  private allBack: () => void = () => {};
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly limits: TurnLimits) {
    this.free = limits.capacity;
  }

  /** Resolves when the caller has its turn; it must {@link give} it back. Throws {@link DatabaseUnavailable}. */
  take(): Promise<void> {
    if (this.closed) return Promise.reject(new DatabaseUnavailable('the database is closed'));
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    if (this.waiting.size >= this.limits.waitingMax) {
      return Promise.reject(
        new DatabaseUnavailable('too many are waiting for a database connection'),
      );
    }
    return new Promise((begin, refuse) => {
      this.waiting.push({ begin, refuse, untilMs: performance.now() + this.limits.waitMaxMs });
      this.watchHead();
    });
  }

  /** Gives a turn back: to whoever waits longest. */
  give(): void {
    const next = this.waiting.shift();
    if (next) return next.begin();
    this.free += 1;
    if (this.free === this.limits.capacity) this.allBack();
  }

  /**
   * Refuses everyone who waits and everyone who comes later. Resolves when those who have a turn
   * have given it back, or after as long as one may wait for a turn.
   */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      next.refuse(new DatabaseUnavailable('the database is closed'));
    }
    if (this.free === this.limits.capacity) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.limits.waitMaxMs);
      this.allBack = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** All wait equally long, so the head of the line is always the first to run out of time. */
  private watchHead(): void {
    const head = this.waiting.peek();
    if (!head || this.timer) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.refuseLate();
        this.watchHead();
      },
      Math.max(1, head.untilMs - performance.now()),
    );
    this.timer.unref();
  }

  private refuseLate(): void {
    const now = performance.now();
    for (let head = this.waiting.peek(); head && head.untilMs <= now; head = this.waiting.peek()) {
      this.waiting.shift();
      head.refuse(new DatabaseUnavailable('no database connection became free in time'));
    }
  }
}
