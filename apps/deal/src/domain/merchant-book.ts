import type { RequestKey } from './deal-request.ts';
import type { Merchant, MerchantKey } from './merchant.ts';
import type { ListedTerms, TermsWish } from './merchant-terms.ts';

/** What an operator may say of a merchant. A name holds at once, whenever the terms begin. */
export interface MerchantWish extends TermsWish {
  readonly name: string;
}

/** A merchant that was just registered, or the first answer to a request that came again. */
export interface RegisteredMerchant {
  readonly merchant: Merchant;
  readonly replayed: boolean;
}

/** A key that was just made, or that the first of several equal requests has made. */
export interface AddedKey {
  readonly added: Omit<MerchantKey, 'hash'>;
  readonly replayed: boolean;
}

/** Where merchants and the hashes of their keys are kept; every change is told to the others. */
export abstract class MerchantBook {
  /**
   * A request that comes again under its key is answered with the first registration. No merchant is
   * ever without terms: until its own begin, the usual ones are in force.
   *
   * @throws DealError `MERCHANT_ALREADY_EXISTS` when the wanted id is taken, `TERMS_IN_PAST`
   */
  abstract register(
    id: number | null,
    wish: MerchantWish,
    key: RequestKey | null,
    now: number,
  ): Promise<RegisteredMerchant>;

  /** @throws DealError `MERCHANT_NOT_FOUND`, `TERMS_IN_PAST` */
  abstract update(
    id: number,
    wish: TermsWish & Partial<MerchantWish>,
    now: number,
  ): Promise<Merchant>;

  /** Versions of a merchant's terms, written before version `before` (null: all), newest first. */
  abstract termsOf(
    merchantId: number,
    before: number | null,
    limit: number,
    now: number,
  ): Promise<readonly ListedTerms[]>;

  /**
   * A request that comes again under its key makes no second key: it is told which the first was.
   *
   * @throws DealError `MERCHANT_NOT_FOUND`, `MERCHANT_KEYS_FULL`
   */
  abstract addKey(
    merchantId: number,
    made: { keyId: string; hash: string },
    key: RequestKey | null,
    now: number,
  ): Promise<AddedKey>;

  /** Revoking twice is the same as once. @throws DealError `MERCHANT_KEY_NOT_FOUND` */
  abstract revokeKey(merchantId: number, keyId: string, now: number): Promise<MerchantKey>;

  /** On the terms in force at `now`. */
  abstract find(id: number, now: number): Promise<Merchant | null>;

  /** Ascending ids after `after`, at most `limit`, on the terms in force at `now`. */
  abstract list(after: number, limit: number, now: number): Promise<readonly Merchant[]>;

  /** A key that may still be used, or null. */
  abstract findLiveKey(keyId: string): Promise<MerchantKey | null>;

  /** The keys of a merchant, newest first. */
  abstract keysOf(merchantId: number): Promise<readonly MerchantKey[]>;
}
