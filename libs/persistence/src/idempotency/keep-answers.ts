import type { SqlParameter, Transaction } from '../sql.ts';
import { KeyNotClaimed } from './idempotency.errors.ts';
import type { KeyClaim } from './key-claim.ts';

/** The first answer to a claimed key. */
export interface AnswerToKeep {
  readonly claim: Pick<KeyClaim, 'caller' | 'key'>;
  readonly status: number;
  readonly body: unknown;
}

const ROWS_MAX = 200;

interface Statement {
  readonly sql: string;
  readonly params: readonly SqlParameter[];
}

/** Keeps the answers that a repeated request will get. Throws {@link KeyNotClaimed}. */
export async function keepAnswers(tx: Transaction, rows: readonly AnswerToKeep[]): Promise<void> {
  let kept = 0;
  for (const { sql, params } of statementsOf(tx, rows, '')) {
    kept += (await tx.execute(sql, params)).affected;
  }
  if (kept !== rows.length) throw new KeyNotClaimed();
}

/**
 * The same for keys that may have been answered or forgotten meanwhile: what stands is left alone, and nobody waits
 * (see {@link LaterStatements}).
 */
export function keepFirstAnswers(tx: Transaction, rows: readonly AnswerToKeep[]): void {
  for (const { sql, params } of statementsOf(tx, rows, 'response_status IS NULL')) {
    tx.later.execute(sql, params);
  }
}

function statementsOf(
  { dialect }: Transaction,
  rows: readonly AnswerToKeep[],
  onlyWhere: string,
): Statement[] {
  if (dialect !== 'mysql') return rows.map((row) => oneRow(row, onlyWhere));
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += ROWS_MAX) {
    statements.push(manyRows(rows.slice(from, from + ROWS_MAX), onlyWhere));
  }
  return statements;
}

function valuesOf({ claim, status, body }: AnswerToKeep): SqlParameter[] {
  return [claim.caller, claim.key, status, JSON.stringify(body ?? null)];
}

/** One statement for many rows: over a network the number of statements is what costs. */
function manyRows(rows: readonly AnswerToKeep[], onlyWhere: string): Statement {
  const given = rows
    .map((_, at) =>
      at === 0 ? 'SELECT ? AS caller, ? AS idem_key, ? AS status, ? AS body' : 'SELECT ?, ?, ?, ?',
    )
    .join(' UNION ALL ');
  return {
    sql: `UPDATE idempotency_key k JOIN (${given}) a ON k.caller = a.caller AND k.idem_key = a.idem_key
     SET k.response_status = a.status, k.response_body = a.body
     ${onlyWhere === '' ? '' : `WHERE k.${onlyWhere}`}`,
    params: rows.flatMap(valuesOf),
  };
}

function oneRow(row: AnswerToKeep, onlyWhere: string): Statement {
  const [caller, key, status, body] = valuesOf(row) as [string, string, number, string];
  return {
    sql: `UPDATE idempotency_key SET response_status = ?, response_body = ?
     WHERE caller = ? AND idem_key = ? ${onlyWhere === '' ? '' : `AND ${onlyWhere}`}`,
    params: [status, body, caller, key],
  };
}
