import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import { Database, LookFirst } from '@onepoint/persistence';
import { Billings } from '../domain/billings.ts';
import type { OpenBilling } from '../domain/billings.ts';
import type { LineRange, RunPlan } from '../domain/plan-run.ts';
import type { SettlementLine } from '../domain/settlement-line.ts';
import { addSums } from '../domain/term-sums.ts';
import type { TermSums } from '../domain/term-sums.ts';
import { acceptLines } from './accept-lines.ts';
import { announceBeginnings, announceNext } from './announce-next.ts';
import { BillingIds } from './billing-ids.ts';
import { readSettledSums, SUM_LINES_MAX, sumLines } from './read-sums.ts';
import { readStandingLines } from './read-standing-lines.ts';
import { writeRuns } from './write-runs.ts';

/** Lines and runs in Billing's own database. */
@Injectable()
export class StoredBillings extends Billings {
  private readonly ids: BillingIds;
  private readonly lookFirst = new LookFirst();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    super();
    this.ids = new BillingIds(database);
  }

  async accept(lines: readonly SettlementLine[], now: number): Promise<void> {
    if (lines.length === 0) return;
    const ids = await this.ids.of(lines, now);
    const arriving = lines.map((line, at) => ({ line, billingId: ids[at] ?? 0 }));
    await this.lookFirst.attempt((looksFirst) =>
      this.database.transaction((tx) => acceptLines(tx, arriving, now, looksFirst)),
    );
  }

  standingLines(dealIds: readonly number[]): Promise<ReadonlyMap<number, SettlementLine>> {
    return this.database.read((sql) => readStandingLines(sql, dealIds));
  }

  async open(merchantId: number, billingMonth: string, now: number): Promise<OpenBilling> {
    const [id = 0] = await this.ids.of([{ merchantId, billingMonth }], now);
    return this.database.read(async (sql) => {
      // The row first: if a run comes between the two, settledThrough is the older one, and whoever
      // plans a run on it is told that it was overtaken.
      const [row] = await sql.query<{ lineCount: number; settledThrough: number }>(
        `SELECT line_count AS lineCount, settled_through AS settledThrough FROM billing WHERE id = ?`,
        [id],
      );
      if (row === undefined) throw new RangeError(`billing ${id} is gone`);
      const sums = await readSettledSums(sql, [id]);
      return { id, merchantId, billingMonth, ...row, sums: sums.get(id) ?? [] };
    });
  }

  async sumLines(billingId: number, lines: LineRange): Promise<readonly TermSums[]> {
    let sums: TermSums[] = [];
    for (let first = lines.first; first <= lines.last; first += SUM_LINES_MAX) {
      const slice = { first, last: Math.min(first + SUM_LINES_MAX - 1, lines.last) };
      sums = addSums(sums, await this.database.read((sql) => sumLines(sql, billingId, slice)));
    }
    return sums;
  }

  settle(plans: readonly RunPlan[], now: number): Promise<readonly boolean[]> {
    return this.database.transaction(async (tx) => {
      const runs = await writeRuns(tx, plans, now);
      await announceBeginnings(
        tx,
        this.outbox,
        runs.filter((run) => run !== null),
      );
      return runs.map((run) => run !== null);
    });
  }

  announceNext(): Promise<boolean> {
    return this.database.transaction((tx) => announceNext(tx, this.outbox));
  }
}
