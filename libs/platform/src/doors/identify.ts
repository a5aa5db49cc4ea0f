import { timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { Credential } from './credential.ts';
import type { DoorsPolicy, KnownOperator } from './doors-policy.ts';
import { readMerchantKey, type KeptMerchantKey, type MerchantKeys } from './merchant-key.ts';
import { sha256 } from './sha256.ts';

const callingService: Caller = Object.freeze({ kind: 'service', name: 'service' });
const hashPattern = /^[0-9a-f]{64}$/;

/**
 * Whose credential this is, or null when it is nobody's. Only hashes are compared, always in
 * constant time, and every operator is compared, found or not (P12).
 */
export function identify(
  credential: Credential,
  policy: DoorsPolicy,
  keys: MerchantKeys | null,
): Caller | null | Promise<Caller | null> {
  const key = credential.fromCookie ? null : readMerchantKey(credential.text);
  if (key !== null) return keys === null ? null : merchantOf(key, keys);
  if (policy.kind === 'open') return null;
  const digest = sha256(credential.text);
  const operator = operatorOf(digest, policy.operators);
  if (operator !== null) return { kind: 'operator', name: operator.name, scopes: operator.scopes };
  const isService = timingSafeEqual(digest, policy.serviceHash);
  return isService && !credential.fromCookie ? callingService : null;
}

function operatorOf(digest: Buffer, operators: readonly KnownOperator[]): KnownOperator | null {
  let found: KnownOperator | null = null;
  for (const operator of operators) {
    if (timingSafeEqual(digest, operator.hash)) found = operator;
  }
  return found;
}

function merchantOf(
  key: { readonly keyId: string; readonly secret: string },
  keys: MerchantKeys,
): Caller | null | Promise<Caller | null> {
  const kept = keys.find(key.keyId);
  return kept instanceof Promise ? kept.then((found) => holderOf(key, found)) : holderOf(key, kept);
}

function holderOf(
  { keyId, secret }: { readonly keyId: string; readonly secret: string },
  kept: KeptMerchantKey | null,
): Caller | null {
  if (kept === null || !hashPattern.test(kept.hash)) return null;
  return timingSafeEqual(sha256(secret), Buffer.from(kept.hash, 'hex'))
    ? { kind: 'merchant', merchantId: kept.merchantId, keyId }
    : null;
}
