import type { MerchantKeyView, MerchantView } from '@onepoint/contracts';
import type { Merchant, MerchantKey } from '../domain/merchant.ts';

/** A merchant as the door shows it. */
export function merchantViewOf(merchant: Merchant): MerchantView {
  return {
    id: merchant.id,
    name: merchant.name,
    earnRateBps: merchant.earnRateBps,
    commissionBps: merchant.commissionBps,
    earnChargeBps: merchant.earnChargeBps,
    createdAt: new Date(merchant.createdAt).toISOString(),
    updatedAt: new Date(merchant.updatedAt).toISOString(),
  };
}

/** A key as the door shows it: neither the secret nor its hash. */
export function keyViewOf(key: MerchantKey): MerchantKeyView {
  return {
    keyId: key.keyId,
    merchantId: key.merchantId,
    createdAt: new Date(key.createdAt).toISOString(),
    revokedAt: key.revokedAt === null ? null : new Date(key.revokedAt).toISOString(),
  };
}
