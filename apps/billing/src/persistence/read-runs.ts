import type { Sql } from '@onepoint/persistence';
import type { BillingTotals } from '../domain/billing-totals.ts';
import type { Run } from '../domain/statements.ts';
import { RUNS_SHOWN } from '../domain/statements.ts';

interface RunRow extends BillingTotals {
  readonly id: number;
  readonly billingId: number;
  readonly runNo: number;
  readonly firstPlace: number;
  readonly lastPlace: number;
  readonly settledAt: number;
}

/** The newest runs of billings, oldest first, by the id of the billing. */
export async function readRuns(
  sql: Sql,
  billingIds: readonly number[],
): Promise<Map<number, Run[]>> {
  if (billingIds.length === 0) return new Map();
  const list = sql.inList(billingIds);
  const rows = await sql.query<RunRow>(
    `SELECT r.id, r.billing_id AS billingId, r.run_no AS runNo, r.first_place AS firstPlace,
       r.last_place AS lastPlace, r.settled_at AS settledAt, r.deal_count AS dealCount,
       r.used_points AS usedPoints, r.cancelled_points AS cancelledPoints,
       r.net_points AS netPoints, r.commission, r.billing_amount AS billingAmount,
       r.earned_points AS earnedPoints, r.earn_cancelled_points AS earnCancelledPoints,
       r.earn_charge AS earnCharge, r.net_amount AS net
     FROM settlement_run r JOIN billing b ON b.id = r.billing_id
     WHERE r.billing_id IN ${list.sql} AND r.run_no > b.run_count - ?
     ORDER BY r.billing_id, r.run_no`,
    [...list.params, RUNS_SHOWN],
  );
  const runs = new Map<number, Run[]>(billingIds.map((id) => [id, []]));
  for (const row of rows) runs.get(row.billingId)?.push(runOf(row));
  return runs;
}

function runOf(row: RunRow): Run {
  const { id, billingId: _billing, runNo, firstPlace, lastPlace, settledAt, ...made } = row;
  return { id, runNo, lines: { first: firstPlace, last: lastPlace }, settledAt, made };
}
