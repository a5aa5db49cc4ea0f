import type { Sql, Transaction } from '@onepoint/persistence';
import { MERCHANT_KEYS_MAX } from '../domain/merchant.ts';
import type { MerchantKey } from '../domain/merchant.ts';

const KEY_COLUMNS =
  'key_id AS keyId, merchant_id AS merchantId, hash, created_at AS createdAt, revoked_at AS revokedAt';

/** Revoked keys stay as a record; of them, the newest are shown. */
const SHOWN_MAX = 200;

/** The keys of a merchant, newest first. */
export function readKeys(sql: Sql, merchantId: number, liveOnly: boolean): Promise<MerchantKey[]> {
  return sql.query<MerchantKey>(
    `SELECT ${KEY_COLUMNS} FROM merchant_key
     WHERE merchant_id = ? ${liveOnly ? 'AND revoked_at IS NULL' : ''}
     ORDER BY created_at DESC, key_id LIMIT ?`,
    [merchantId, liveOnly ? MERCHANT_KEYS_MAX : SHOWN_MAX],
  );
}

/** A key that may still be used, or null. */
export async function readLiveKey(sql: Sql, keyId: string): Promise<MerchantKey | null> {
  const [key] = await sql.query<MerchantKey>(
    `SELECT ${KEY_COLUMNS} FROM merchant_key WHERE key_id = ? AND revoked_at IS NULL`,
    [keyId],
  );
  return key ?? null;
}

/** Keeps the hash of a new key. */
export async function insertKey(tx: Transaction, key: MerchantKey): Promise<MerchantKey> {
  const { keyId, merchantId, hash, createdAt } = key;
  await tx.insertRows('merchant_key', [
    { key_id: keyId, merchant_id: merchantId, hash, created_at: createdAt, revoked_at: null },
  ]);
  return key;
}

/** Revokes a key; the first revocation stands. null: this merchant has no such key. */
export async function revokeKey(
  tx: Transaction,
  merchantId: number,
  keyId: string,
  now: number,
): Promise<MerchantKey | null> {
  await tx.execute(
    'UPDATE merchant_key SET revoked_at = ? WHERE key_id = ? AND merchant_id = ? AND revoked_at IS NULL',
    [now, keyId, merchantId],
  );
  const [key] = await tx.query<MerchantKey>(
    `SELECT ${KEY_COLUMNS} FROM merchant_key WHERE key_id = ? AND merchant_id = ?`,
    [keyId, merchantId],
  );
  return key ?? null;
}
