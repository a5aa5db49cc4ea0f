import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import { Database, isDuplicateKey, once } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import { DealError, merchantNotFound } from '../domain/deal.errors.ts';
import type { RequestKey } from '../domain/deal-request.ts';
import { MERCHANT_KEYS_MAX, USUAL_TERMS } from '../domain/merchant.ts';
import type { Merchant, MerchantKey } from '../domain/merchant.ts';
import { MerchantBook } from '../domain/merchant-book.ts';
import type { AddedKey, MerchantWish, RegisteredMerchant } from '../domain/merchant-book.ts';
import { namesRates, ratesOf, termsStart } from '../domain/merchant-terms.ts';
import type { ListedTerms, TermsWish } from '../domain/merchant-terms.ts';
import { merchantEvent } from './merchant-events.ts';
import { insertKey, readKeys, readLiveKey, revokeKey } from './merchant-keys.ts';
import { insertTerms, listTerms, termsColumns } from './merchant-terms.ts';
import { listMerchants, readMerchants } from './read-merchants.ts';

/** Merchants in Deal's own database; each change carries its event, with the hashes of live keys. */
@Injectable()
export class StoredMerchantBook extends MerchantBook {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  async register(
    id: number | null,
    wish: MerchantWish,
    key: RequestKey | null,
    now: number,
  ): Promise<RegisteredMerchant> {
    const own = { ...USUAL_TERMS, ...wish.terms };
    const validFrom = termsStart(wish.day, now);
    const first = validFrom > now ? USUAL_TERMS : own;
    try {
      const { body, replayed } = await once(this.database, key, now, async (tx) => {
        const fresh = { name: wish.name, ...first, sequence: 1, createdAt: now, updatedAt: now };
        const row = { ...(id === null ? {} : { id }), ...merchantRow(fresh), created_at: now };
        const { ids } = await tx.insertRows('merchant', [row]);
        const merchant: Merchant = { ...fresh, id: id ?? ids[0]! };
        const version = { merchantId: merchant.id, writtenAt: now };
        await insertTerms(tx, { ...version, ...first, validFrom: now });
        if (validFrom > now) await insertTerms(tx, { ...version, ...own, validFrom });
        await this.outbox.append(tx, [merchantEvent('merchant.registered.v1', merchant, [])]);
        return { status: 201, body: merchant };
      });
      return { merchant: body, replayed };
    } catch (error) {
      if (id === null || !isDuplicateKey(error)) throw error;
      throw new DealError('MERCHANT_ALREADY_EXISTS', `merchant ${id} is registered already`, {
        merchantId: id,
      });
    }
  }

  update(id: number, wish: TermsWish & Partial<MerchantWish>, now: number): Promise<Merchant> {
    return this.change(id, now, async (tx, standing, at) => {
      const merchant = { ...standing, name: wish.name ?? standing.name };
      const validFrom = termsStart(wish.day, at);
      if (!namesRates(wish)) return [merchant, undefined];
      const then = (await readMerchants(tx, [id], validFrom)).get(id) ?? standing;
      const terms = { ...ratesOf(then), ...wish.terms };
      await insertTerms(tx, { ...terms, merchantId: id, validFrom, writtenAt: at });
      return [validFrom > at ? merchant : { ...merchant, ...terms }, undefined];
    }).then(([merchant]) => merchant);
  }

  async addKey(
    merchantId: number,
    made: { keyId: string; hash: string },
    key: RequestKey | null,
    now: number,
  ): Promise<AddedKey> {
    const { body, replayed } = await once(this.database, key, now, async (tx) => {
      const [, added] = await this.changeIn(tx, merchantId, now, async (_tx, merchant) => {
        const live = await readKeys(tx, merchantId, true);
        if (live.length >= MERCHANT_KEYS_MAX) {
          throw new DealError('MERCHANT_KEYS_FULL', 'revoke a key before making another', {
            keysMax: MERCHANT_KEYS_MAX,
          });
        }
        return [
          merchant,
          await insertKey(tx, { ...made, merchantId, createdAt: now, revokedAt: null }),
        ];
      });
      const { hash: _hash, ...shown } = added;
      return { status: 201, body: shown };
    });
    return { added: body, replayed };
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

  find(id: number, now: number): Promise<Merchant | null> {
    return this.database.read(async (sql) => (await readMerchants(sql, [id], now)).get(id) ?? null);
  }

  list(after: number, limit: number, now: number): Promise<readonly Merchant[]> {
    return this.database.read((sql) => listMerchants(sql, after, limit, now));
  }

  termsOf(
    merchantId: number,
    before: number | null,
    limit: number,
    now: number,
  ): Promise<readonly ListedTerms[]> {
    return this.database.read((sql) => listTerms(sql, merchantId, before, limit, now));
  }

  findLiveKey(keyId: string): Promise<MerchantKey | null> {
    return this.database.read((sql) => readLiveKey(sql, keyId));
  }

  keysOf(merchantId: number): Promise<readonly MerchantKey[]> {
    return this.database.read((sql) => readKeys(sql, merchantId, false));
  }

  /**
   * One change of one merchant under its lock: the event's sequence follows the order of changes, and
   * so does `at`, should the clock of this process be behind the one that wrote last.
   */
  private change<Extra>(
    id: number,
    now: number,
    decide: (tx: Transaction, standing: Merchant, at: number) => Promise<[Merchant, Extra]>,
  ): Promise<[Merchant, Extra]> {
    return this.database.transaction((tx) => this.changeIn(tx, id, now, decide));
  }

  private async changeIn<Extra>(
    tx: Transaction,
    id: number,
    now: number,
    decide: (tx: Transaction, standing: Merchant, at: number) => Promise<[Merchant, Extra]>,
  ): Promise<[Merchant, Extra]> {
    const [locked] = await tx.query<{ updatedAt: number }>(
      `SELECT updated_at AS updatedAt FROM merchant WHERE id = ?${tx.forUpdate()}`,
      [id],
    );
    const at = Math.max(now, locked?.updatedAt ?? 0);
    const standing = (await readMerchants(tx, [id], at)).get(id);
    if (standing === undefined) throw merchantNotFound(id);
    const [wanted, extra] = await decide(tx, standing, at);
    const merchant = { ...wanted, sequence: standing.sequence + 1, updatedAt: at };
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
  }
}

function merchantRow(merchant: Omit<Merchant, 'id' | 'createdAt'>): Record<string, unknown> {
  return {
    name: merchant.name,
    ...termsColumns(merchant),
    sequence: merchant.sequence,
    updated_at: merchant.updatedAt,
  };
}
