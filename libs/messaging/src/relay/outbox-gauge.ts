import type { OutboxDatabase } from './outbox-database.ts';
import type { RelayObserver } from '../observe/messaging-observer.ts';

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
    const [found] = await this.db.read((sql) =>
      sql.query<{ unsent: number; oldest: number | null }>(
        `SELECT COUNT(*) AS unsent, MIN(created_at) AS oldest FROM (
           SELECT created_at FROM outbox WHERE position IS NULL ORDER BY id LIMIT ${countedRowsMax}
         ) AS waiting`,
      ),
    );
    const oldestAgeMs = found?.oldest == null ? 0 : Math.max(Date.now() - found.oldest, 0);
    this.observer.outbox(found?.unsent ?? 0, oldestAgeMs);
  }
}
