import type { Sql, Transaction } from '@onepoint/persistence';
import type { OutboxDatabase } from './outbox-database.ts';

/** Another relay has taken over: nothing may be marked any more. */
export class LeaseLost extends Error {
  readonly code = 'LEASE_LOST';

  constructor() {
    super('the relay lease belongs to another now');
    this.name = 'LeaseLost';
  }
}

/** How long the lease holds without being renewed; a standby takes over within 5 s (P4). */
export const leaseLastsMs = 4_000;
/** How often the holder renews it. */
export const leaseRenewMs = 1_000;

/**
 * The right to publish a database's outbox, held by one relay at a time. The database's clock decides, never
 * a process's. Losing it unnoticed does no harm but duplicates: every mark checks owner and epoch while it
 * holds the lease row's lock. In SQLite there is one process, which takes the lease at once and keeps it.
 */
export class RelayLease {
  #epoch: number | null = null;
  #heldUntil = 0;

  /** @param owner unique to this relay; up to 64 characters */
  constructor(
    private readonly db: OutboxDatabase,
    readonly owner: string,
  ) {}

  /** Whether, by this process's own clock, the lease cannot have passed to another. */
  get isHeld(): boolean {
    return this.#epoch !== null && performance.now() < this.#heldUntil;
  }

  /** Takes the lease if it is free or has run out; false while another holds it. */
  async take(): Promise<boolean> {
    const startedAt = performance.now();
    const epoch = await this.db.transaction(async (tx) => {
      const { affected } = await tx.execute(
        `UPDATE relay_lease SET owner = ?, epoch = epoch + 1, until_ms = ${nowOf(tx)} + ${leaseLastsMs}
         WHERE name = 'relay'${tx.dialect === 'mysql' ? ` AND until_ms < ${nowOf(tx)}` : ''}`,
        [this.owner],
      );
      return affected === 0 ? null : (await leaseRow(tx)).epoch;
    });
    this.#epoch = epoch;
    this.#keepFrom(startedAt);
    return epoch !== null;
  }

  /** Holds on to the lease; false when it is another's. */
  async renew(): Promise<boolean> {
    if (this.db.dialect === 'sqlite') return true;
    const startedAt = performance.now();
    const { affected } = await this.db.transaction((tx) =>
      tx.execute(
        `UPDATE relay_lease SET until_ms = ${nowOf(tx)} + ${leaseLastsMs}
         WHERE name = 'relay' AND owner = ? AND epoch = ?`,
        [this.owner, this.#epoch],
      ),
    );
    if (affected === 0) this.#epoch = null;
    else this.#keepFrom(startedAt);
    return affected > 0;
  }

  /** Lets a standby take over at once. */
  async release(): Promise<void> {
    const epoch = this.#epoch;
    this.#epoch = null;
    if (epoch === null) return;
    await this.db.transaction((tx) =>
      tx.execute(
        `UPDATE relay_lease SET owner = '', until_ms = 0 WHERE name = 'relay' AND owner = ? AND epoch = ?`,
        [this.owner, epoch],
      ),
    );
  }

  /**
   * Locks the lease for the rest of the transaction and answers the last position given.
   *
   * @throws LeaseLost
   */
  async lock(tx: Transaction): Promise<number> {
    const row = await leaseRow(tx);
    if (row.owner !== this.owner || row.epoch !== this.#epoch) throw new LeaseLost();
    return row.last_position;
  }

  #keepFrom(startedAt: number): void {
    this.#heldUntil = this.db.dialect === 'sqlite' ? Infinity : startedAt + leaseLastsMs;
  }
}

interface LeaseRow {
  readonly owner: string;
  readonly epoch: number;
  readonly last_position: number;
}

async function leaseRow(tx: Transaction): Promise<LeaseRow> {
  const [row] = await tx.query<LeaseRow>(
    `SELECT owner, epoch, last_position FROM relay_lease WHERE name = 'relay'${tx.forUpdate()}`,
  );
  if (row === undefined) throw new LeaseLost();
  return row;
}

/** Epoch milliseconds by the database's clock, free of any time zone. */
function nowOf(sql: Sql): string {
  return sql.dialect === 'mysql'
    ? `TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000`
    : `CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)`;
}
