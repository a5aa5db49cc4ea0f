import type { Sql } from '@onepoint/persistence';
import type { MerchantFact } from './read-model-changes.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/** A merchant as it is shown. Instants are epoch milliseconds. */
export type SeenMerchant = Omit<MerchantFact, 'sequence'>;

/** Merchants with a larger id than `above`, in the order of their ids, at most `limit`. */
export function listMerchants(
  sql: Sql,
  tables: ReadModelTables,
  above: number,
  limit: number,
): Promise<SeenMerchant[]> {
  return sql.query(
    `SELECT merchant_id AS merchantId, name, earn_rate_bps AS earnRateBps,
       commission_bps AS commissionBps, earn_charge_bps AS earnChargeBps,
       registered_at AS registeredAt, updated_at AS updatedAt
     FROM ${tables.merchant} WHERE merchant_id > ? ORDER BY merchant_id LIMIT ?`,
    [above, limit],
  );
}
