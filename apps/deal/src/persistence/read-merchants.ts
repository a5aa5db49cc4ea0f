import type { Sql } from '@onepoint/persistence';
import type { Merchant } from '../domain/merchant.ts';
import type { ReadMerchant } from './known-merchants.ts';
import { versionInForce } from './merchant-terms.ts';

/**
 * A merchant's own columns under the names that the domain gives them, and its terms in force; the
 * first parameter is the instant. One without a version was registered by the previous release, while
 * both were serving: its terms are in its row.
 */
const MERCHANT_COLUMNS = `m.id, m.name,
  COALESCE(t.earn_rate_bps, m.earn_rate_bps) AS earnRateBps,
  COALESCE(t.commission_bps, m.commission_bps) AS commissionBps,
  COALESCE(t.earn_charge_bps, m.earn_charge_bps) AS earnChargeBps,
  m.sequence, m.created_at AS createdAt, m.updated_at AS updatedAt`;
const FROM_MERCHANTS = `FROM merchant m
  LEFT JOIN merchant_terms t ON t.id = ${versionInForce('m.id')}`;
const SELECT_MERCHANTS = `SELECT ${MERCHANT_COLUMNS} ${FROM_MERCHANTS}`;

/** Merchants by id, on their terms in force at an instant, those that begin now from their commit on. */
export function readMerchants(
  sql: Sql,
  ids: Iterable<number>,
  at: number,
): Promise<Map<number, Merchant>> {
  return readById<Merchant>(sql, SELECT_MERCHANTS, [at], ids);
}

/** The same for {@link KnownMerchants}, with the instant at which the next version begins. */
export function readMerchantsToKnow(
  sql: Sql,
  ids: Iterable<number>,
  at: number,
): Promise<Map<number, ReadMerchant>> {
  const select = `SELECT ${MERCHANT_COLUMNS}, (SELECT MIN(n.valid_from) FROM merchant_terms n
    WHERE n.merchant_id = m.id AND n.valid_from > ?) AS termsUntil ${FROM_MERCHANTS}`;
  return readById<ReadMerchant>(sql, select, [at, at], ids);
}

async function readById<Row extends Merchant>(
  sql: Sql,
  select: string,
  params: readonly number[],
  ids: Iterable<number>,
): Promise<Map<number, Row>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const list = sql.inList(wanted);
  const rows = await sql.query<Row>(`${select} WHERE m.id IN ${list.sql}`, [
    ...params,
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
