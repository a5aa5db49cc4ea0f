import { newEvent } from '@onepoint/messaging';
import type { NewEvent } from '@onepoint/messaging';
import type { Merchant, MerchantKey } from '../domain/merchant.ts';

/** What a merchant is now, and the hashes by which other services know its keys (never a secret). */
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
