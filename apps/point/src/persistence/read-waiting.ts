import type { Sql, Transaction } from '@onepoint/persistence';
import type { DueChange } from '../domain/ledger.ts';
import type { ChangeKind } from '../domain/point-change.ts';

interface WaitingRow {
  readonly dealId: number;
  readonly memberId: number;
  readonly kind: ChangeKind;
  readonly point: number;
  readonly originalDealId: number | null;
  readonly since: number;
  readonly tries: number;
}

/** Changes whose next try is due, those that became due first first. */
export async function readDueWaiting(sql: Sql, now: number, max: number): Promise<DueChange[]> {
  const rows = await sql.query<WaitingRow>(
    `SELECT deal_id AS dealId, member_id AS memberId, kind, point,
       original_deal_id AS originalDealId, since, tries
     FROM waiting_change WHERE next_try_at <= ? ORDER BY next_try_at, deal_id LIMIT ?`,
    [now, max],
  );
  return rows.map(({ since, tries, ...change }) => ({ change, since, tries }));
}

/** Counts a try that changed nothing and sets the time of the next. */
export async function postponeWaiting(
  tx: Transaction,
  dealIds: readonly number[],
  nextTryAt: number,
): Promise<void> {
  if (dealIds.length === 0) return;
  const list = tx.inList(dealIds);
  await tx.execute(
    `UPDATE waiting_change SET next_try_at = ?, tries = tries + 1 WHERE deal_id IN ${list.sql}`,
    [nextTryAt, ...list.params],
  );
}
