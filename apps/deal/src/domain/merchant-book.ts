import type { Merchant, MerchantKey } from './merchant.ts';

/** What an operator may say of a merchant. */
export type MerchantWish = Pick<
  Merchant,
  'name' | 'earnRateBps' | 'commissionBps' | 'earnChargeBps'
>;

/** Where merchants and the hashes of their keys are kept; every change is told to the others. */
export abstract class MerchantBook {
  /** @throws DealError `MERCHANT_ALREADY_EXISTS` when the wanted id is taken */
  abstract register(id: number | null, wish: MerchantWish, now: number): Promise<Merchant>;

  /** @throws DealError `MERCHANT_NOT_FOUND` */
  abstract update(id: number, wish: Partial<MerchantWish>, now: number): Promise<Merchant>;

  /** @throws DealError `MERCHANT_NOT_FOUND`, `MERCHANT_KEYS_FULL` */
  abstract addKey(
    merchantId: number,
    key: { keyId: string; hash: string },
    now: number,
  ): Promise<MerchantKey>;

  /** Revoking twice is the same as once. @throws DealError `MERCHANT_KEY_NOT_FOUND` */
  abstract revokeKey(merchantId: number, keyId: string, now: number): Promise<MerchantKey>;

  abstract find(id: number): Promise<Merchant | null>;

  /** Ascending ids after `after`, at most `limit`. */
  abstract list(after: number, limit: number): Promise<readonly Merchant[]>;

  /** A key that may still be used, or null. */
  abstract findLiveKey(keyId: string): Promise<MerchantKey | null>;

  /** The keys of a merchant, newest first. */
  abstract keysOf(merchantId: number): Promise<readonly MerchantKey[]>;
}
