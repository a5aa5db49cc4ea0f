import type { Sql } from '@onepoint/persistence';
import type { Merchant } from '../domain/merchant.ts';
import { versionInForce } from './merchant-terms.ts';

/**
 * A merchant's own columns under the names that the domain gives them, and its terms in force; the
 * first parameter is the instant. One without a version was registered by the previous release, while
 * both were serving: its terms are in its row.
 */
const SELECT_MERCHANTS = `SELECT m.id, m.name,
  COALESCE(t.earn_rate_bps, m.earn_rate_bps) AS earnRateBps,
  COALESCE(t.commission_bps, m.commission_bps) AS commissionBps,
  COALESCE(t.earn_charge_bps, m.earn_charge_bps) AS earnChargeBps,
  m.sequence, m.created_at AS createdAt, m.updated_at AS updatedAt
  FROM merchant m LEFT JOIN merchant_terms t ON t.id = ${versionInForce('m.id')}`;

/**
 * Merchants by id, on their terms in force at an instant: one statement, read with every batch, so
 * that new terms hold from their instant on, and those that begin now from their commit on.
 */
export async function readMerchants(
  sql: Sql,
  ids: Iterable<number>,
  at: number,
): Promise<Map<number, Merchant>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const list = sql.inList(wanted);
  const rows = await sql.query<Merchant>(`${SELECT_MERCHANTS} WHERE m.id IN ${list.sql}`, [
    at,
    ...list.params,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Merchants behind `after`, ascending, on their terms in force at an instant. */
export function listMerchants(
  sql: Sql,
  after: number,
  limit: number,
  at: number,
): Promise<Merchant[]> {
  return sql.query<Merchant>(`${SELECT_MERCHANTS} WHERE m.id > ? ORDER BY m.id LIMIT ?`, [
    at,
    after,
    limit,
  ]);
}
