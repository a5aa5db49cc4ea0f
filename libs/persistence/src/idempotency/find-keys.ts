import type { Sql, SqlParameter } from '../sql.ts';
import { claimIdOf } from './key-claim.ts';
import type { KeptKey, KeyClaim } from './key-claim.ts';

interface Row {
  caller: string;
  idem_key: string;
  fingerprint: string;
  subject_id: number | null;
  response_status: number | null;
  response_body: string | null;
}

/** What is known of these keys, by {@link claimIdOf}; keys that nobody claimed are not in it. */
export async function findKeys(
  sql: Sql,
  claims: readonly Pick<KeyClaim, 'caller' | 'key'>[],
): Promise<Map<string, KeptKey>> {
  if (claims.length === 0) return new Map();
  const { where, params } = whereClaims(claims);
  const rows = await sql.query<Row>(
    `SELECT caller, idem_key, fingerprint, subject_id, response_status, response_body
     FROM idempotency_key WHERE ${where}`,
    params,
  );
  return new Map(rows.map(keptKeyOf).map((kept) => [claimIdOf(kept), kept]));
}

/** By caller, since engines use the primary key for `a = ? AND b IN (…)` but not all for `(a, b) IN`. */
function whereClaims(claims: readonly Pick<KeyClaim, 'caller' | 'key'>[]): {
  where: string;
  params: SqlParameter[];
} {
  const keysOf = new Map<string, string[]>();
  for (const { caller, key } of claims) {
    const keys = keysOf.get(caller);
    if (keys) keys.push(key);
    else keysOf.set(caller, [key]);
  }
  const params: SqlParameter[] = [];
  const parts = [...keysOf].map(([caller, keys]) => {
    params.push(caller, ...keys);
    return `(caller = ? AND idem_key IN (${keys.map(() => '?').join(',')}))`;
  });
  return { where: parts.join(' OR '), params };
}

function keptKeyOf(row: Row): KeptKey {
  return {
    caller: row.caller,
    key: row.idem_key,
    fingerprint: row.fingerprint,
    subjectId: row.subject_id,
    status: row.response_status,
    body: row.response_body === null ? null : (JSON.parse(row.response_body) as unknown),
  };
}
