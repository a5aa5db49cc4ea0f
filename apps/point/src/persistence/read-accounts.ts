import type { Sql } from '@onepoint/persistence';
import type { AccountView, EntryPage } from '../domain/ledger.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { AccountEntity } from './account.entity.ts';

/** The account of a member, or null. */
export async function findAccount(sql: Sql, memberId: number): Promise<AccountView | null> {
  const row = await sql.manager.findOneBy(AccountEntity, { memberId });
  if (row === null) return null;
  const { balance, status, sequence, updatedAt } = row;
  return { memberId, balance, status, sequence, updatedAt };
}

/** One page of a member's history, newest first: one entry more is read to know whether it ends. */
export async function readHistory(
  sql: Sql,
  memberId: number,
  before: number | null,
  limit: number,
): Promise<EntryPage> {
  const rows = await sql.query<LedgerEntry>(
    `SELECT cause, cause_id AS causeId, member_id AS memberId, kind, outcome, reason, delta,
       balance_after AS balanceAfter, sequence, decided_at AS decidedAt
     FROM ledger_entry WHERE member_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
    [memberId, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
  );
  const entries = rows.slice(0, limit);
  const last = rows.length > limit ? entries.at(-1) : undefined;
  return { entries, nextBefore: last?.sequence ?? null };
}
