import type { Caller } from '@onepoint/platform';
import { merchantNotFound } from '../domain/billing.errors.ts';

/** The merchant that a caller is bound to; null: any (operators, services, open doors). */
export function boundMerchantOf(caller: Caller): number | null {
  return caller.kind === 'merchant' ? caller.merchantId : null;
}

/**
 * Whose billings a caller may see when it asks for `asked`. For a merchant no other one exists (P12):
 * throws `MERCHANT_NOT_FOUND`.
 */
export function visibleMerchant(caller: Caller, asked: number | undefined): number | null {
  const own = boundMerchantOf(caller);
  if (own === null) return asked ?? null;
  if (asked !== undefined && asked !== own) throw merchantNotFound(asked);
  return own;
}
