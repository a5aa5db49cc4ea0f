import type { OutboxDatabase } from './outbox-database.ts';
import type { RelayObserver } from '../observe/messaging-observer.ts';
import { measureUnsent } from './read-unsent.ts';

/** Rows are counted up to here: the alarm is in the age. */
export const countedRowsMax = 10_000;

const everyMs = 5_000;

/** Tells how much waits in the outbox and since when, in every process: also while nobody leads. */
export class OutboxGauge {
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly db: OutboxDatabase,
    private readonly observer: RelayObserver,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => void this.measure().catch(() => undefined), everyMs).unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Looks once. Rejects when the database is away. */
  async measure(): Promise<void> {
    const { rows, oldestCreatedAt } = await measureUnsent(this.db, countedRowsMax);
    const oldestAgeMs = oldestCreatedAt === null ? 0 : Math.max(Date.now() - oldestCreatedAt, 0);
    this.observer.outbox(rows, oldestAgeMs);
  }
}
