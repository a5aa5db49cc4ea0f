import { Injectable } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import type { MerchantKeys } from '@onepoint/platform';
import { Merchants } from '../domain/merchant.ts';
import type { MerchantFact } from '../domain/merchant.ts';

/** Merchants and the hashes of their API keys, as Deal told them. */
@Injectable()
export class StoredMerchants extends Merchants implements MerchantKeys {
  constructor(private readonly database: Database) {
    super();
  }

  async keep(fact: MerchantFact, now: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      // There must be a row to lock: two facts of a new merchant may come at once.
      await tx.insertRows('merchant', [merchantRow(fact, -1, now)], { ignoreDuplicates: true });
      const [kept] = await tx.query<{ sequence: number }>(
        `SELECT sequence FROM merchant WHERE merchant_id = ?${tx.forUpdate()}`,
        [fact.merchantId],
      );
      if (kept === undefined || kept.sequence >= fact.sequence) return;
      await tx.upsertRows('merchant', [merchantRow(fact, fact.sequence, now)], {
        key: ['merchant_id'],
        update: [
          'name',
          'earn_rate_bps',
          'commission_bps',
          'earn_charge_bps',
          'sequence',
          'updated_at',
        ],
      });
      await replaceKeys(tx, fact);
    });
  }

  isKnown(merchantId: number): Promise<boolean> {
    return this.database.read(async (sql) => {
      const rows = await sql.query(
        `SELECT merchant_id FROM merchant WHERE merchant_id = ?
         UNION ALL SELECT merchant_id FROM billing WHERE merchant_id = ? AND line_count > 0 LIMIT 1`,
        [merchantId, merchantId],
      );
      return rows.length > 0;
    });
  }

  find(keyId: string): Promise<{ merchantId: number; hash: string } | null> {
    return this.database.read(async (sql) => {
      const [row] = await sql.query<{ merchantId: number; hash: string }>(
        'SELECT merchant_id AS merchantId, hash FROM merchant_key WHERE key_id = ?',
        [keyId],
      );
      return row ?? null;
    });
  }
}

/** The fact names the keys that are valid now: all others are gone. */
async function replaceKeys(tx: Transaction, fact: MerchantFact): Promise<void> {
  await tx.execute('DELETE FROM merchant_key WHERE merchant_id = ?', [fact.merchantId]);
  await tx.upsertRows(
    'merchant_key',
    fact.keys.map(({ keyId, hash }) => ({ key_id: keyId, merchant_id: fact.merchantId, hash })),
    { key: ['key_id'], update: ['merchant_id', 'hash'] },
  );
}

function merchantRow(fact: MerchantFact, sequence: number, now: number): Record<string, unknown> {
  return {
    merchant_id: fact.merchantId,
    name: fact.name,
    earn_rate_bps: fact.earnRateBps,
    commission_bps: fact.commissionBps,
    earn_charge_bps: fact.earnChargeBps,
    sequence,
    updated_at: now,
  };
}
