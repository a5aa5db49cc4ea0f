import type { Sql } from '@onepoint/persistence';
import type { Merchant } from '../domain/merchant.ts';

/** The columns of a merchant under the names that the domain gives them. */
export const MERCHANT_COLUMNS = `id, name, earn_rate_bps AS earnRateBps,
  commission_bps AS commissionBps, earn_charge_bps AS earnChargeBps, sequence,
  created_at AS createdAt, updated_at AS updatedAt`;

/** Merchants by id: read with every batch, so that new terms hold from their commit on. */
export async function readMerchants(
  sql: Sql,
  ids: Iterable<number>,
): Promise<Map<number, Merchant>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const list = sql.inList(wanted);
  const rows = await sql.query<Merchant>(
    `SELECT ${MERCHANT_COLUMNS} FROM merchant WHERE id IN ${list.sql}`,
    list.params,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
