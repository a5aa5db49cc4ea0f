import { Injectable } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import { SettlementFacts } from '../domain/settlement-facts.ts';
import type { MerchantTotals, MonthRange, SettlementDeal } from '../domain/settlement-facts.ts';

/** Sums over Deal's own rows; a merchant's month is one range of the index by merchant and date. */
@Injectable()
export class StoredSettlementFacts extends SettlementFacts {
  constructor(private readonly database: Database) {
    super();
  }

  totals(
    month: MonthRange,
    merchantId: number | null,
    after: number,
    limit: number,
  ): Promise<readonly MerchantTotals[]> {
    const [which, whom] = merchantId === null ? ['>', after] : ['=', merchantId];
    return this.database.read((sql) =>
      sql.query<MerchantTotals>(
        `SELECT merchant_id AS merchantId,
           SUM(CASE WHEN type = 'use' THEN 1 ELSE 0 END) AS useCount,
           SUM(CASE WHEN type = 'use' THEN point ELSE 0 END) AS usedPoints,
           SUM(CASE WHEN type = 'useCancel' THEN 1 ELSE 0 END) AS cancelCount,
           SUM(CASE WHEN type = 'useCancel' THEN point ELSE 0 END) AS cancelledPoints
         FROM deal
         WHERE merchant_id ${which} ? AND deal_date >= ? AND deal_date < ?
           AND status = 'success' AND type IN ('use', 'useCancel')
         GROUP BY merchant_id ORDER BY merchant_id LIMIT ?`,
        [whom, month.from, month.to, limit],
      ),
    );
  }

  deals(
    month: MonthRange,
    merchantId: number,
    after: number,
    limit: number,
  ): Promise<readonly SettlementDeal[]> {
    return this.database.read((sql) =>
      sql.query<SettlementDeal>(
        `SELECT id AS dealId, type, point, deal_date AS dealDate FROM deal
         WHERE merchant_id = ? AND id > ? AND deal_date >= ? AND deal_date < ?
           AND status = 'success' AND type IN ('use', 'useCancel')
         ORDER BY id LIMIT ?`,
        [merchantId, after, month.from, month.to, limit],
      ),
    );
  }
}
