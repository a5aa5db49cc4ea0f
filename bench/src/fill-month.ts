import type { Connection } from 'mysql2/promise';
import type { Counted } from './deal-books.ts';

/** Rows of one statement. */
const SLICE_ROWS = 5_000;
/** One line in so many is a cancel. */
const CANCEL_EVERY = 50;

/** Lines of merchants that have arrived and are still to be settled. */
export interface MonthToFill {
  readonly billingMonth: string;
  /** Merchant and billing ids: from this one on. */
  readonly firstId: number;
  readonly merchants: number;
  /** Of each merchant. */
  readonly lines: number;
}

/**
 * Writes merchants, billings and lines as the events would have, in bulk (a million events through the
 * broker would measure the broker), and answers what Deal counts for them.
 */
export async function fillMonth(database: Connection, month: MonthToFill): Promise<Counted[]> {
  const { billingMonth, firstId, merchants, lines } = month;
  const ids = Array.from({ length: merchants }, (_, at) => firstId + at);
  await insert(
    database,
    'merchant (merchant_id, name, earn_rate_bps, commission_bps,' +
      ' earn_charge_bps, sequence, updated_at)',
    ids.map((id) => [id, `m${id}`, 100, 200, 0, 0, 0]),
  );
  await insert(
    database,
    'billing (id, merchant_id, billing_month, line_count, settled_through,' +
      ' run_count, chunk_count, net_amount, created_at)',
    ids.map((id) => [id, id, billingMonth, lines, 0, 0, 0, 0, 0]),
  );
  const dealDate = Date.UTC(
    Number(billingMonth.slice(0, 4)),
    Number(billingMonth.slice(4)) - 1,
    15,
  );
  let rows: unknown[][] = [];
  const counted: Counted[] = [];
  for (const id of ids) {
    const sum = { useCount: 0, usedPoints: 0, cancelCount: 0, cancelledPoints: 0 };
    for (let place = 1; place <= lines; place += 1) {
      const isCancel = place % CANCEL_EVERY === 0;
      const point = 100 + (place % 7);
      sum.useCount += isCancel ? 0 : 1;
      sum.usedPoints += isCancel ? 0 : point;
      sum.cancelCount += isCancel ? 1 : 0;
      sum.cancelledPoints += isCancel ? point : 0;
      const dealId = (id - 1) * lines + place;
      const type = isCancel ? 'useCancel' : 'use';
      rows.push([id, place, dealId, 1 + (place % 1_000), type, point, 200, 0, dealDate, 0]);
      if (rows.length < SLICE_ROWS) continue;
      await insertLines(database, rows);
      rows = [];
    }
    counted.push({ merchantId: id, ...sum });
  }
  await insertLines(database, rows);
  return counted;
}

async function insertLines(database: Connection, rows: unknown[][]): Promise<void> {
  await insert(
    database,
    'settlement_line (billing_id, place, deal_id, member_id, type, point,' +
      ' commission_bps, earn_charge_bps, deal_date, heard_at)',
    rows,
  );
}

async function insert(database: Connection, into: string, rows: unknown[][]): Promise<void> {
  for (let from = 0; from < rows.length; from += SLICE_ROWS) {
    const slice = rows.slice(from, from + SLICE_ROWS);
    await database.query(`INSERT INTO ${into} VALUES ?`, [slice]);
  }
}
