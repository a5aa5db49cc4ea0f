import type { Sql } from '@onepoint/persistence';
import type { DealFilter } from '../domain/deal-book.ts';
import type { Deal } from '../domain/deal.ts';
import { DEAL_COLUMNS } from './deal-rows.ts';

/** Deals of a filter, newest first. */
export async function listDeals(sql: Sql, filter: DealFilter, limit: number): Promise<Deal[]> {
  const conditions: [string, number | string | undefined][] = [
    ['member_id = ?', filter.memberId],
    ['merchant_id = ?', filter.merchantId],
    ['type = ?', filter.type],
    ['status = ?', filter.status],
    ['deal_date >= ?', filter.from],
    ['deal_date < ?', filter.to],
    ['id < ?', filter.before],
  ];
  const given = conditions.filter(([, value]) => value !== undefined);
  const where = given.length === 0 ? '' : `WHERE ${given.map(([text]) => text).join(' AND ')}`;
  return sql.query<Deal>(`SELECT ${DEAL_COLUMNS} FROM deal ${where} ORDER BY id DESC LIMIT ?`, [
    ...given.map(([, value]) => value),
    limit,
  ]);
}

/** Uses left pending by a crash, oldest first. */
export function readPending(sql: Sql, startedBefore: number, max: number): Promise<Deal[]> {
  return sql.query<Deal>(
    `SELECT ${DEAL_COLUMNS} FROM deal
     WHERE status = 'pending' AND deal_date < ? ORDER BY id LIMIT ?`,
    [startedBefore, max],
  );
}
