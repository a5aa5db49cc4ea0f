import type { Sql } from '@onepoint/persistence';
import type { Statement, StatementLine } from '../domain/statements.ts';

type LineRow = Omit<StatementLine, 'runId' | 'merchantId' | 'billingMonth'>;

interface RunPlaces {
  readonly id: number;
  readonly firstPlace: number;
  readonly lastPlace: number;
}

/** Settled lines of a billing behind place `after`, with the run that each is in. */
export async function readLines(
  sql: Sql,
  { id, merchantId, billingMonth }: Pick<Statement, 'id' | 'merchantId' | 'billingMonth'>,
  after: number,
  limit: number,
): Promise<StatementLine[]> {
  const rows = await sql.query<LineRow>(
    `SELECT l.place, l.deal_id AS dealId, l.member_id AS memberId, l.type, l.point,
       l.commission_bps AS commissionBps, l.earn_charge_bps AS earnChargeBps,
       l.deal_date AS dealDate, l.original_deal_id AS originalDealId
     FROM settlement_line l JOIN billing b ON b.id = l.billing_id
     WHERE l.billing_id = ? AND l.place > ? AND l.place <= b.settled_through
     ORDER BY l.place LIMIT ?`,
    [id, after, limit],
  );
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  // As many runs as lines at most, in the same order: they are walked through side by side.
  const runs = await sql.query<RunPlaces>(
    `SELECT id, first_place AS firstPlace, last_place AS lastPlace FROM settlement_run
     WHERE billing_id = ? AND first_place <= ? AND last_place >= ? ORDER BY first_place`,
    [id, last.place, first.place],
  );
  let at = 0;
  return rows.map((row) => {
    while ((runs[at]?.lastPlace ?? Infinity) < row.place) at += 1;
    const run = runs[at];
    if (run === undefined || run.firstPlace > row.place) {
      throw new RangeError(`line ${row.place} of billing ${id} is settled and in no run`);
    }
    return { ...row, merchantId, billingMonth, runId: run.id };
  });
}
