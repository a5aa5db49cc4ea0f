import type { Sql } from '@onepoint/persistence';
import type { LineRange } from '../domain/plan-run.ts';
import type { TermSums } from '../domain/term-sums.ts';

/** Lines that one statement adds up: some ten milliseconds of work, so that nobody waits long. */
export const SUM_LINES_MAX = 100_000;

/** Adds up at most {@link SUM_LINES_MAX} lines of a billing. */
export function sumLines(sql: Sql, billingId: number, lines: LineRange): Promise<TermSums[]> {
  return sql.query<TermSums>(
    `SELECT type, commission_bps AS commissionBps, earn_charge_bps AS earnChargeBps,
       COUNT(*) AS dealCount, SUM(point) AS points
     FROM settlement_line WHERE billing_id = ? AND place BETWEEN ? AND ?
     GROUP BY type, commission_bps, earn_charge_bps`,
    [billingId, lines.first, lines.last],
  );
}

interface SettledSumsRow extends TermSums {
  readonly billingId: number;
}

/** The settled lines of billings, added up, by the id of the billing. */
export async function readSettledSums(
  sql: Sql,
  billingIds: readonly number[],
): Promise<Map<number, TermSums[]>> {
  if (billingIds.length === 0) return new Map();
  const list = sql.inList(billingIds);
  const rows = await sql.query<SettledSumsRow>(
    `SELECT billing_id AS billingId, type, commission_bps AS commissionBps,
       earn_charge_bps AS earnChargeBps, deal_count AS dealCount, points
     FROM billing_terms WHERE billing_id IN ${list.sql}
     ORDER BY billing_id, type, commission_bps, earn_charge_bps`,
    list.params,
  );
  const sums = new Map<number, TermSums[]>(billingIds.map((id) => [id, []]));
  for (const { billingId, ...each } of rows) sums.get(billingId)?.push(each);
  return sums;
}
