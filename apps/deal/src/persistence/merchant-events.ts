import { newEvent } from '@onepoint/messaging';
import type { NewEvent } from '@onepoint/messaging';
import type { Merchant, MerchantKey } from '../domain/merchant.ts';

/**
 * What a merchant is now, on the terms in force, and the hashes by which other services know its keys
 * (never a secret). When terms that were written for a later day come into force nothing is said:
 * every deal carries the rates it was made under, and Billing settles by those.
 */
export function merchantEvent(
  key: 'merchant.registered.v1' | 'merchant.updated.v1',
  merchant: Merchant,
  liveKeys: readonly MerchantKey[],
): NewEvent {
  return newEvent(key, {
    subject: `merchant/${merchant.id}`,
    sequence: merchant.sequence,
    occurredAt: merchant.updatedAt,
    data: {
      merchantId: merchant.id,
      name: merchant.name,
      earnRateBps: merchant.earnRateBps,
      commissionBps: merchant.commissionBps,
      earnChargeBps: merchant.earnChargeBps,
      keys: liveKeys.map(({ keyId, hash }) => ({ keyId, hash })),
    },
  });
}
