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

/** Keeps the answers that a repeated request will get. Throws {@link KeyNotClaimed}. */
export async function keepAnswers(tx: Transaction, rows: readonly AnswerToKeep[]): Promise<void> {
  if ((await keep(tx, rows, false)) !== rows.length) throw new KeyNotClaimed();
}

/** The same for keys that may have been answered or forgotten meanwhile: what stands is left alone. */
export async function keepFirstAnswers(
  tx: Transaction,
  rows: readonly AnswerToKeep[],
): Promise<void> {
  await keep(tx, rows, true);
}

async function keep(
  tx: Transaction,
  rows: readonly AnswerToKeep[],
  onlyFirst: boolean,
): Promise<number> {
  let kept = 0;
  if (tx.dialect === 'mysql') {
    for (let from = 0; from < rows.length; from += ROWS_MAX) {
      kept += await keepTogether(tx, rows.slice(from, from + ROWS_MAX), onlyFirst);
    }
  } else {
    for (const row of rows) kept += await keepOne(tx, row, onlyFirst);
  }
  return kept;
}

function valuesOf({ claim, status, body }: AnswerToKeep): SqlParameter[] {
  return [claim.caller, claim.key, status, JSON.stringify(body ?? null)];
}

/** One statement for many rows: over a network the number of statements is what costs. */
async function keepTogether(
  tx: Transaction,
  rows: readonly AnswerToKeep[],
  onlyFirst: boolean,
): Promise<number> {
  const given = rows
    .map((_, at) =>
      at === 0 ? 'SELECT ? AS caller, ? AS idem_key, ? AS status, ? AS body' : 'SELECT ?, ?, ?, ?',
    )
    .join(' UNION ALL ');
  const { affected } = await tx.execute(
    `UPDATE idempotency_key k JOIN (${given}) a ON k.caller = a.caller AND k.idem_key = a.idem_key
     SET k.response_status = a.status, k.response_body = a.body
     ${onlyFirst ? 'WHERE k.response_status IS NULL' : ''}`,
    rows.flatMap(valuesOf),
  );
  return affected;
}

async function keepOne(tx: Transaction, row: AnswerToKeep, onlyFirst: boolean): Promise<number> {
  const [caller, key, status, body] = valuesOf(row);
  const { affected } = await tx.execute(
    `UPDATE idempotency_key SET response_status = ?, response_body = ?
     WHERE caller = ? AND idem_key = ? ${onlyFirst ? 'AND response_status IS NULL' : ''}`,
    [status, body, caller, key],
  );
  return affected;
}
