import type { Sql, SqlParameter } from '@onepoint/persistence';
import { totalsOf } from '../domain/billing-totals.ts';
import { carryOver } from '../domain/carry-over.ts';
import type { Statement, StatementFilter } from '../domain/statements.ts';
import { readOpenings } from './read-openings.ts';
import { readRuns } from './read-runs.ts';
import { readSettledSums } from './read-sums.ts';

interface BillingRow {
  readonly id: number;
  readonly merchantId: number;
  readonly merchantName: string | null;
  readonly billingMonth: string;
  readonly runCount: number;
}

const SELECT_BILLINGS = `SELECT b.id, b.merchant_id AS merchantId, m.name AS merchantName,
    b.billing_month AS billingMonth, b.run_count AS runCount
  FROM billing b LEFT JOIN merchant m ON m.merchant_id = b.merchant_id`;

/** One billing with its runs, also if it has none. */
export async function findStatement(sql: Sql, billingId: number): Promise<Statement | null> {
  const rows = await sql.query<BillingRow>(`${SELECT_BILLINGS} WHERE b.id = ?`, [billingId]);
  const [statement = null] = await complete(sql, rows);
  return statement;
}

/** Billings that have a run, newest first. */
export async function listStatements(sql: Sql, filter: StatementFilter): Promise<Statement[]> {
  const wheres = ['b.run_count > 0'];
  const params: SqlParameter[] = [];
  const narrow = (condition: string, value: SqlParameter): void => {
    if (value === null) return;
    wheres.push(condition);
    params.push(value);
  };
  narrow('b.merchant_id = ?', filter.merchantId);
  narrow('b.billing_month = ?', filter.billingMonth);
  narrow('b.id < ?', filter.before);
  const rows = await sql.query<BillingRow>(
    `${SELECT_BILLINGS} WHERE ${wheres.join(' AND ')} ORDER BY b.id DESC LIMIT ?`,
    [...params, filter.limit],
  );
  return complete(sql, rows);
}

/**
 * Joins what belongs to billings. A run may be written between the statements: each part is right by
 * itself, and totals are asked for last, so that they never miss a run that is shown.
 */
async function complete(sql: Sql, rows: readonly BillingRow[]): Promise<Statement[]> {
  const ids = rows.map(({ id }) => id);
  const runs = await readRuns(sql, ids);
  const sums = await readSettledSums(sql, ids);
  const openings = await readOpenings(sql, rows);
  return rows.map((row) => {
    const settled = sums.get(row.id) ?? [];
    const totals = totalsOf(settled);
    return {
      ...row,
      totals,
      sums: settled,
      carryOver: carryOver(openings.get(row.id) ?? 0, totals.net),
      runs: runs.get(row.id) ?? [],
    };
  });
}
