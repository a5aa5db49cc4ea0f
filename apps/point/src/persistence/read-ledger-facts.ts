import type { Transaction } from '@onepoint/persistence';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { PointAccount } from '../domain/point-account.ts';

const ENTRY_COLUMNS = `cause, cause_id AS causeId, member_id AS memberId, kind, outcome, reason, delta,
  balance_after AS balanceAfter, sequence, decided_at AS decidedAt`;

/**
 * Locks the accounts until the transaction ends. Ascending order, in one statement, so that two
 * batches can never wait for each other in a circle.
 */
export async function lockAccounts(
  tx: Transaction,
  memberIds: Iterable<number>,
): Promise<Map<number, PointAccount>> {
  const ids = [...new Set(memberIds)].sort((a, b) => a - b);
  if (ids.length === 0) return new Map();
  const list = tx.inList(ids);
  const rows = await tx.query<PointAccount>(
    `SELECT member_id AS memberId, balance, status, sequence FROM account
     WHERE member_id IN ${list.sql} ORDER BY member_id${tx.forUpdate()}`,
    list.params,
  );
  return new Map(rows.map((row) => [row.memberId, row]));
}

/** The standing entries of one cause, by the cause's id. */
export async function readEntries(
  tx: Transaction,
  cause: LedgerEntry['cause'],
  causeIds: Iterable<number>,
): Promise<Map<number, LedgerEntry>> {
  const ids = [...new Set(causeIds)];
  if (ids.length === 0) return new Map();
  const list = tx.inList(ids);
  const rows = await tx.query<LedgerEntry>(
    `SELECT ${ENTRY_COLUMNS} FROM ledger_entry WHERE cause = ? AND cause_id IN ${list.sql}`,
    [cause, ...list.params],
  );
  return new Map(rows.map((row) => [row.causeId, row]));
}
