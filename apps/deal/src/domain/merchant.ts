import type { DealTerms } from './deal.ts';

/** A shop that gives and takes points, on the terms that are in force at the moment of asking. */
export interface Merchant extends DealTerms {
  readonly id: number;
  readonly name: string;
  /** Grows by one with every change that is told to the others. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The network's usual terms: earn 1 %, pay 2 % commission, no charge for points issued. */
export const USUAL_TERMS: DealTerms = { earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 };

/** An API key of a merchant; the secret is kept nowhere, only its hash (P12). */
export interface MerchantKey {
  readonly keyId: string;
  readonly merchantId: number;
  readonly hash: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

/** Live keys that one merchant may have at a time: enough to rotate, bounded for every reader. */
export const MERCHANT_KEYS_MAX = 20;
