import type { Transaction } from '@onepoint/persistence';
import type { PointMark } from '../domain/deal-end.ts';

/** Notes what became of deferred points. What is applied or void already stays so: marks overtake. */
export function writeMarks(tx: Transaction, marks: readonly PointMark[]): void {
  const groups = Map.groupBy(marks, (mark) => `${mark.pointStatus}:${mark.pointReason ?? ''}`);
  for (const group of groups.values()) {
    const { pointStatus, pointReason } = group[0]!;
    const list = tx.inList(group.map(({ dealId }) => dealId));
    tx.later.execute(
      `UPDATE deal SET point_status = ?, point_reason = ?
       WHERE id IN ${list.sql} AND point_status = 'deferred'`,
      [pointStatus, pointReason, ...list.params],
    );
  }
}

/** Turns the billing status of settled deals, once. */
export function writeSettled(tx: Transaction, dealIds: readonly number[]): void {
  if (dealIds.length === 0) return;
  const list = tx.inList(dealIds);
  tx.later.execute(
    `UPDATE deal SET billing_status = 'yes' WHERE id IN ${list.sql} AND billing_status = 'no'`,
    list.params,
  );
}
