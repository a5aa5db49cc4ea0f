import type { Caller } from '@onepoint/platform';
import { dealNotFound, merchantNotFound } from '../domain/deal.errors.ts';

/** The merchant that a caller is bound to; null: any (operators, services, open doors). */
export function boundMerchantOf(caller: Caller): number | null {
  return caller.kind === 'merchant' ? caller.merchantId : null;
}

/**
 * A merchant acts for itself alone. Another one does not exist for it (P12): the answer is that of
 * an unknown id. Throws `MERCHANT_NOT_FOUND`.
 */
export function requireOwnMerchant(caller: Caller, merchantId: number): void {
  const own = boundMerchantOf(caller);
  if (own !== null && own !== merchantId) throw merchantNotFound(merchantId);
}

/** The same for looking at deals. Throws `DEAL_NOT_FOUND`. */
export function requireOwnDeals(
  caller: Caller,
  merchantId: number | undefined,
): number | undefined {
  const own = boundMerchantOf(caller);
  if (own === null) return merchantId;
  if (merchantId !== undefined && merchantId !== own) throw dealNotFound();
  return own;
}
