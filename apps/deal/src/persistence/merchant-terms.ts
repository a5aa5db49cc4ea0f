import type { Sql, Transaction } from '@onepoint/persistence';
import type { DealTerms } from '../domain/deal.ts';
import type { ListedTerms, MerchantTerms } from '../domain/merchant-terms.ts';

/**
 * The id of a merchant's version in force at the instant of the next parameter: the one that began
 * last; of those that began together the one written later. One step into the index, however many
 * versions there are, and the same words on MySQL 8, MariaDB and SQLite.
 */
export function versionInForce(merchantId: string): string {
  return `(SELECT v.id FROM merchant_terms v WHERE v.merchant_id = ${merchantId}
    AND v.valid_from <= ? ORDER BY v.valid_from DESC, v.id DESC LIMIT 1)`;
}

/** Writes a version. */
export async function insertTerms(
  tx: Transaction,
  version: Omit<MerchantTerms, 'id'>,
): Promise<void> {
  await tx.insertRows('merchant_terms', [
    {
      merchant_id: version.merchantId,
      valid_from: version.validFrom,
      ...termsColumns(version),
      written_at: version.writtenAt,
    },
  ]);
}

/** Versions written before version `before` (null: all), newest first. */
export async function listTerms(
  sql: Sql,
  merchantId: number,
  before: number | null,
  limit: number,
  now: number,
): Promise<ListedTerms[]> {
  const rows = await sql.query<MerchantTerms & { inForceId: number }>(
    `SELECT id, merchant_id AS merchantId, valid_from AS validFrom, earn_rate_bps AS earnRateBps,
       commission_bps AS commissionBps, earn_charge_bps AS earnChargeBps, written_at AS writtenAt,
       ${versionInForce('t.merchant_id')} AS inForceId
     FROM merchant_terms t WHERE merchant_id = ?${before === null ? '' : ' AND id < ?'}
     ORDER BY id DESC LIMIT ?`,
    [now, merchantId, ...(before === null ? [] : [before]), limit],
  );
  return rows.map(({ inForceId, ...terms }) => ({ ...terms, inForce: terms.id === inForceId }));
}

/** The rates as columns. */
export function termsColumns(terms: DealTerms): Record<string, number> {
  return {
    earn_rate_bps: terms.earnRateBps,
    commission_bps: terms.commissionBps,
    earn_charge_bps: terms.earnChargeBps,
  };
}
