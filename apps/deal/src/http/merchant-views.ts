import type { MerchantKeyView, MerchantTermsView, MerchantView } from '@onepoint/contracts';
import type { BusinessCalendar } from '@onepoint/platform';
import type { Merchant, MerchantKey } from '../domain/merchant.ts';
import type { ListedTerms } from '../domain/merchant-terms.ts';

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

/** A version of terms as the door shows it. */
export function termsViewOf(terms: ListedTerms, calendar: BusinessCalendar): MerchantTermsView {
  return {
    id: terms.id,
    merchantId: terms.merchantId,
    earnRateBps: terms.earnRateBps,
    commissionBps: terms.commissionBps,
    earnChargeBps: terms.earnChargeBps,
    validFrom: new Date(terms.validFrom).toISOString(),
    validFromDay: calendar.dayOf(terms.validFrom),
    writtenAt: new Date(terms.writtenAt).toISOString(),
    inForce: terms.inForce,
  };
}

/** A key as the door shows it: neither the secret nor its hash. */
export function keyViewOf(key: Omit<MerchantKey, 'hash'>): MerchantKeyView {
  return {
    keyId: key.keyId,
    merchantId: key.merchantId,
    createdAt: new Date(key.createdAt).toISOString(),
    revokedAt: key.revokedAt === null ? null : new Date(key.revokedAt).toISOString(),
  };
}
