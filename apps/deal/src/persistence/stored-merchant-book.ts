import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import { Database, isDuplicateKey } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import { DealError, merchantNotFound } from '../domain/deal.errors.ts';
import { MERCHANT_KEYS_MAX } from '../domain/merchant.ts';
import type { Merchant, MerchantKey } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';
import type { MerchantWish } from '../domain/merchant-book.ts';
import { merchantEvent } from './merchant-events.ts';
import { insertKey, readKeys, readLiveKey, revokeKey } from './merchant-keys.ts';
import { MERCHANT_COLUMNS, readMerchants } from './read-merchants.ts';

/** Merchants in Deal's own database; each change carries its event, with the hashes of live keys. */
@Injectable()
export class StoredMerchantBook extends MerchantBook {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  async register(id: number | null, wish: MerchantWish, now: number): Promise<Merchant> {
    try {
      return await this.database.transaction(async (tx) => {
        const fresh = { ...wish, sequence: 1, createdAt: now, updatedAt: now };
        const row = { ...(id === null ? {} : { id }), ...merchantRow(fresh), created_at: now };
        const { ids } = await tx.insertRows('merchant', [row]);
        const merchant = { ...fresh, id: id ?? ids[0]! };
        await this.outbox.append(tx, [merchantEvent('merchant.registered.v1', merchant, [])]);
        return merchant;
      });
    } catch (error) {
      if (id === null || !isDuplicateKey(error)) throw error;
      throw new DealError('MERCHANT_ALREADY_EXISTS', `merchant ${id} is registered already`, {
        merchantId: id,
      });
    }
  }

  update(id: number, wish: Partial<MerchantWish>, now: number): Promise<Merchant> {
    return this.change(id, now, async (_tx, merchant) => [
      { ...merchant, ...wish },
      undefined,
    ]).then(([merchant]) => merchant);
  }

  addKey(
    merchantId: number,
    key: { keyId: string; hash: string },
    now: number,
  ): Promise<MerchantKey> {
    return this.change(merchantId, now, async (tx, merchant) => {
      const live = await readKeys(tx, merchantId, true);
      if (live.length >= MERCHANT_KEYS_MAX) {
        throw new DealError('MERCHANT_KEYS_FULL', 'revoke a key before making another', {
          keysMax: MERCHANT_KEYS_MAX,
        });
      }
      return [
        merchant,
        await insertKey(tx, { ...key, merchantId, createdAt: now, revokedAt: null }),
      ];
    }).then(([, added]) => added);
  }

  revokeKey(merchantId: number, keyId: string, now: number): Promise<MerchantKey> {
    return this.change(merchantId, now, async (tx, merchant) => {
      const revoked = await revokeKey(tx, merchantId, keyId, now);
      if (revoked === null) {
        throw new DealError('MERCHANT_KEY_NOT_FOUND', 'this merchant has no such key');
      }
      return [merchant, revoked];
    }).then(([, revoked]) => revoked);
  }

  find(id: number): Promise<Merchant | null> {
    return this.database.read(async (sql) => (await readMerchants(sql, [id])).get(id) ?? null);
  }

  list(after: number, limit: number): Promise<readonly Merchant[]> {
    return this.database.read((sql) =>
      sql.query<Merchant>(
        `SELECT ${MERCHANT_COLUMNS} FROM merchant WHERE id > ? ORDER BY id LIMIT ?`,
        [after, limit],
      ),
    );
  }

  findLiveKey(keyId: string): Promise<MerchantKey | null> {
    return this.database.read((sql) => readLiveKey(sql, keyId));
  }

  keysOf(merchantId: number): Promise<readonly MerchantKey[]> {
    return this.database.read((sql) => readKeys(sql, merchantId, false));
  }

  /** One change of one merchant under its lock: the event's sequence follows the order of changes. */
  private change<Extra>(
    id: number,
    now: number,
    decide: (tx: Transaction, merchant: Merchant) => Promise<[Merchant, Extra]>,
  ): Promise<[Merchant, Extra]> {
    return this.database.transaction(async (tx) => {
      const [standing] = await tx.query<Merchant>(
        `SELECT ${MERCHANT_COLUMNS} FROM merchant WHERE id = ?${tx.forUpdate()}`,
        [id],
      );
      if (!standing) throw merchantNotFound(id);
      const [wanted, extra] = await decide(tx, standing);
      const merchant = { ...wanted, sequence: standing.sequence + 1, updatedAt: now };
      const row = merchantRow(merchant);
      await tx.execute(
        `UPDATE merchant SET ${Object.keys(row)
          .map((column) => `${column} = ?`)
          .join(', ')} WHERE id = ?`,
        [...Object.values(row), id],
      );
      const keys = await readKeys(tx, id, true);
      await this.outbox.append(tx, [merchantEvent('merchant.updated.v1', merchant, keys)]);
      return [merchant, extra];
    });
  }
}

function merchantRow(merchant: Omit<Merchant, 'id' | 'createdAt'>): Record<string, unknown> {
  return {
    name: merchant.name,
    earn_rate_bps: merchant.earnRateBps,
    commission_bps: merchant.commissionBps,
    earn_charge_bps: merchant.earnChargeBps,
    sequence: merchant.sequence,
    updated_at: merchant.updatedAt,
  };
}
