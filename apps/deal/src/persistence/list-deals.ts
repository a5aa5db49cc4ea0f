import type { Sql } from '@onepoint/persistence';
import type { DealFilter } from '../domain/deal-book.ts';
import type { Deal } from '../domain/deal.ts';
import { DEAL_COLUMNS } from './deal-rows.ts';

/** One part of a WHERE; undefined where the filter does not name it. */
type Condition = readonly [sql: string, ...values: (number | string | undefined)[]];

/**
 * Deals of a filter, newest first. A merchant's are read along its index by date, which stops when the page is full: in the
 * order of ids all of its deals, or everybody's, would have to be looked at for one page.
 */
export async function listDeals(sql: Sql, filter: DealFilter, limit: number): Promise<Deal[]> {
  const byDate = filter.merchantId !== undefined && filter.memberId === undefined;
  const conditions: Condition[] = [
    ['member_id = ?', filter.memberId],
    ['merchant_id = ?', filter.merchantId],
    ['type = ?', filter.type],
    ['status = ?', filter.status],
    ['deal_date >= ?', filter.from],
    ['deal_date < ?', filter.to],
    await (byDate ? olderThan(sql, filter.before) : ['id < ?', filter.before]),
  ];
  const given = conditions.filter(([, value]) => value !== undefined);
  const where = given.length === 0 ? '' : `WHERE ${given.map(([text]) => text).join(' AND ')}`;
  // Deals that have failed are few: MySQL may find them by their status.
  const isRare = filter.status !== undefined && filter.status !== 'success';
  const index = byDate && !isRare ? sql.useIndex('deal_by_merchant_date') : '';
  return sql.query<Deal>(
    `SELECT ${DEAL_COLUMNS} FROM deal${index} ${where}
     ORDER BY ${byDate ? 'deal_date DESC, id DESC' : 'id DESC'} LIMIT ?`,
    [...given.flatMap(([, ...values]) => values), limit],
  );
}

/** Replicas and batches give ids in another order than dates: of deals of one instant, those with smaller ids are older. */
async function olderThan(sql: Sql, dealId: number | undefined): Promise<Condition> {
  const older = '(deal_date < ? OR (deal_date = ? AND id < ?))';
  if (dealId === undefined) return [older, undefined];
  const [last] = await sql.query<{ dealDate: number }>(
    'SELECT deal_date AS dealDate FROM deal WHERE id = ?',
    [dealId],
  );
  // No page ends with a deal that does not exist, and none is ever deleted: nothing comes after it.
  const date = last?.dealDate ?? 0;
  return [older, date, date, dealId];
}

/** Uses left pending by a crash, oldest first. */
export function readPending(sql: Sql, startedBefore: number, max: number): Promise<Deal[]> {
  return sql.query<Deal>(
    `SELECT ${DEAL_COLUMNS} FROM deal
     WHERE status = 'pending' AND deal_date < ? ORDER BY id LIMIT ?`,
    [startedBefore, max],
  );
}
