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
  readonly billingMonth: string;
  readonly runCount: number;
}

const COLUMNS = 'id, merchant_id AS merchantId, billing_month AS billingMonth, run_count AS runCount';

/** One billing with its runs, also if it has none. */
export async function findStatement(sql: Sql, billingId: number): Promise<Statement | null> {
  const rows = await sql.query<BillingRow>(`SELECT ${COLUMNS} FROM billing WHERE id = ?`, [
    billingId,
  ]);
  const [statement = null] = await complete(sql, rows);
  return statement;
}

/** Billings that have a run, newest first. */
export async function listStatements(sql: Sql, filter: StatementFilter): Promise<Statement[]> {
  const wheres = ['run_count > 0'];
  const params: SqlParameter[] = [];
  const narrow = (condition: string, value: SqlParameter): void => {
    if (value === null) return;
    wheres.push(condition);
    params.push(value);
  };
  narrow('merchant_id = ?', filter.merchantId);
  narrow('billing_month = ?', filter.billingMonth);
  narrow('id < ?', filter.before);
  const rows = await sql.query<BillingRow>(
    `SELECT ${COLUMNS} FROM billing WHERE ${wheres.join(' AND ')} ORDER BY id DESC LIMIT ?`,
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
  return rows.map(({ id, merchantId, billingMonth, runCount }) => {
    const settled = sums.get(id) ?? [];
    const totals = totalsOf(settled);
    return {
      id,
      merchantId,
      billingMonth,
      totals,
      sums: settled,
      carryOver: carryOver(openings.get(id) ?? 0, totals.net),
      runCount,
      runs: runs.get(id) ?? [],
    };
  });
}
