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
  readonly dueAt: number;
}

/** Changes whose next try is due, those that became due first first. */
export async function readDueWaiting(sql: Sql, now: number, max: number): Promise<DueChange[]> {
  const rows = await sql.query<WaitingRow>(
    `SELECT deal_id AS dealId, member_id AS memberId, kind, point,
       original_deal_id AS originalDealId, since, tries,
       next_try_at AS dueAt
     FROM waiting_change WHERE next_try_at <= ? ORDER BY next_try_at, deal_id LIMIT ?`,
    [now, max],
  );
  return rows.map(({ since, tries, dueAt, ...change }) => ({ change, since, tries, dueAt }));
}

/**
 * Counts a try that changed nothing and sets the time of the next, but only where nobody has woken
 * the change since it was read: its member may have appeared between the try and this moment.
 */
export async function postponeWaiting(
  tx: Transaction,
  tried: readonly DueChange[],
  nextTryAt: number,
): Promise<void> {
  if (tried.length === 0) return;
  const same = tried.map(() => '(deal_id = ? AND next_try_at = ?)').join(' OR ');
  await tx.execute(`UPDATE waiting_change SET next_try_at = ?, tries = tries + 1 WHERE ${same}`, [
    nextTryAt,
    ...tried.flatMap(({ change, dueAt }) => [change.dealId, dueAt]),
  ]);
}
