import type { Transaction } from '@onepoint/persistence';
import type { SettlementLine } from '../domain/settlement-line.ts';

/** A line and the billing that it belongs to. */
export interface ArrivingLine {
  readonly billingId: number;
  readonly line: SettlementLine;
}

/**
 * Lines that go into the database; those whose deal comes twice do not, nor those whose deal is there already: without a
 * look first, one of these is a duplicate key.
 */
export async function acceptLines(
  tx: Transaction,
  arriving: readonly ArrivingLine[],
  now: number,
  looksFirst: boolean,
): Promise<void> {
  const known = await lockedDeals(tx, arriving, looksFirst);
  const added = new Map<number, number>();
  const rows: Record<string, unknown>[] = [];
  for (const { billingId, line } of arriving) {
    if (known.deals.has(line.dealId)) continue;
    known.deals.add(line.dealId);
    const place = (added.get(billingId) ?? 0) + 1;
    added.set(billingId, place);
    rows.push(lineRow(line, billingId, (known.lineCounts.get(billingId) ?? 0) + place, now));
  }
  if (rows.length === 0) return;
  tx.later.insertRows('settlement_line', rows);
  addToCounts(tx, added);
}

/**
 * Locks the billings, ascending, so that batches cannot wait for each other in a circle, and then, in
 * the same journey if it is to, looks which deals are there: nobody can add one of theirs now.
 */
async function lockedDeals(
  tx: Transaction,
  arriving: readonly ArrivingLine[],
  looksFirst: boolean,
): Promise<{ lineCounts: Map<number, number>; deals: Set<number> }> {
  const billings = tx.inList([...new Set(arriving.map(({ billingId }) => billingId))]);
  const [counts, deals] = await Promise.all([
    tx.query<{ id: number; lineCount: number }>(
      `SELECT id, line_count AS lineCount FROM billing WHERE id IN ${billings.sql} ORDER BY id${tx.forUpdate()}`,
      billings.params,
    ),
    looksFirst ? dealsWithLines(tx, arriving) : [],
  ]);
  return {
    lineCounts: new Map(counts.map(({ id, lineCount }) => [id, lineCount])),
    deals: new Set(deals.map(({ dealId }) => dealId)),
  };
}

function dealsWithLines(
  tx: Transaction,
  arriving: readonly ArrivingLine[],
): Promise<{ dealId: number }[]> {
  const asked = tx.inList([...new Set(arriving.map(({ line }) => line.dealId))]);
  return tx.query(
    `SELECT deal_id AS dealId FROM settlement_line WHERE deal_id IN ${asked.sql}`,
    asked.params,
  );
}

function addToCounts(tx: Transaction, added: ReadonlyMap<number, number>): void {
  const list = tx.inList([...added.keys()]);
  const cases = [...added].map(() => 'WHEN ? THEN ?').join(' ');
  tx.later.execute(
    `UPDATE billing SET line_count = line_count + CASE id ${cases} ELSE 0 END WHERE id IN ${list.sql}`,
    [...[...added].flat(), ...list.params],
  );
}

function lineRow(
  line: SettlementLine,
  billingId: number,
  place: number,
  now: number,
): Record<string, unknown> {
  return {
    billing_id: billingId,
    place,
    deal_id: line.dealId,
    member_id: line.memberId,
    type: line.type,
    point: line.point,
    commission_bps: line.commissionBps,
    earn_charge_bps: line.earnChargeBps,
    deal_date: line.dealDate,
    original_deal_id: line.originalDealId,
    heard_at: now,
  };
}
