import type { Sql } from '@onepoint/persistence';
import { PROBLEMS_SHOWN } from '../domain/month-close.ts';
import type { CloseProgress } from '../domain/month-close.ts';

type CloseRow = Pick<
  CloseProgress,
  'billingMonth' | 'state' | 'passNo' | 'startedAt' | 'finishedAt' | 'code'
>;

/** How far a close has come; null when nobody has begun it. */
export async function readClose(sql: Sql, billingMonth: string): Promise<CloseProgress | null> {
  const [close] = await sql.query<CloseRow>(
    `SELECT billing_month AS billingMonth, state, pass_no AS passNo, started_at AS startedAt,
       finished_at AS finishedAt, code FROM month_close WHERE billing_month = ?`,
    [billingMonth],
  );
  if (close === undefined) return null;
  const states = await sql.query<{ state: string; merchants: number }>(
    `SELECT state, COUNT(*) AS merchants FROM close_merchant WHERE billing_month = ? GROUP BY state`,
    [billingMonth],
  );
  const of = (state: string): number => states.find((each) => each.state === state)?.merchants ?? 0;
  const problems = await sql.query<{ merchantId: number; code: string | null }>(
    `SELECT merchant_id AS merchantId, code FROM close_merchant
     WHERE billing_month = ? AND state = 'problem' ORDER BY merchant_id LIMIT ?`,
    [billingMonth, PROBLEMS_SHOWN],
  );
  return {
    ...close,
    merchants: states.reduce((sum, { merchants }) => sum + merchants, 0),
    waiting: of('waiting'),
    settled: of('settled'),
    unchanged: of('unchanged'),
    problems: of('problem'),
    problemsOf: problems.map((each) => ({ ...each, outcome: 'problem' as const })),
    totals: await readMonthTotals(sql, billingMonth),
  };
}

async function readMonthTotals(sql: Sql, billingMonth: string): Promise<CloseProgress['totals']> {
  const [totals] = await sql.query<CloseProgress['totals']>(
    `SELECT COALESCE(SUM(r.net_points), 0) AS netPoints,
       COALESCE(SUM(r.billing_amount), 0) AS billingAmount, COALESCE(SUM(r.net_amount), 0) AS net
     FROM settlement_run r JOIN billing b ON b.id = r.billing_id WHERE b.billing_month = ?`,
    [billingMonth],
  );
  return totals ?? { netPoints: 0, billingAmount: 0, net: 0 };
}
