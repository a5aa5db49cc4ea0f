import type { MemberStatus } from '@onepoint/contracts';
import type { Sql } from '@onepoint/persistence';
import type { PointEntry } from './read-model-changes.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/** A member as Dashboard knows them. Instants are epoch milliseconds, null while not heard of. */
export interface SeenMember {
  readonly memberId: number;
  readonly status: MemberStatus;
  readonly joinedAt: number | null;
  readonly withdrawnAt: number | null;
  /** null: nothing has been heard of an account. */
  readonly account: SeenAccount | null;
}

/** A member's account, as of the newest event of it. */
export interface SeenAccount {
  readonly balance: number;
  readonly status: 'open' | 'closed';
  readonly changedAt: number;
}

/** What is known of a member; null: nothing at all. */
export async function findMember(
  sql: Sql,
  tables: ReadModelTables,
  memberId: number,
): Promise<SeenMember | null> {
  const [member] = await sql.query<{ joinedAt: number | null; withdrawnAt: number | null }>(
    `SELECT joined_at AS joinedAt, withdrawn_at AS withdrawnAt FROM ${tables.member}
     WHERE member_id = ?`,
    [memberId],
  );
  const account = await findAccount(sql, tables, memberId);
  if (member === undefined && account === null) return null;
  const { joinedAt, withdrawnAt } = member ?? { joinedAt: null, withdrawnAt: null };
  return {
    ...{ memberId, joinedAt, withdrawnAt },
    status: withdrawnAt === null ? 'valid' : 'withdrawn',
    account,
  };
}

interface Balance {
  readonly sequence: number;
  readonly balance: number;
  readonly changedAt: number;
}

/** An account is opened and closed by a row of its own; between the two its newest line says what it holds. */
async function findAccount(
  sql: Sql,
  tables: ReadModelTables,
  memberId: number,
): Promise<SeenAccount | null> {
  const [standing] = await sql.query<Balance & { closedAt: number | null }>(
    `SELECT sequence, balance, changed_at AS changedAt, closed_at AS closedAt
     FROM ${tables.balance} WHERE member_id = ?`,
    [memberId],
  );
  const [line] = await sql.query<Balance>(
    `SELECT sequence, balance, entered_at AS changedAt FROM ${tables.pointEntry}
     WHERE member_id = ? ORDER BY sequence DESC LIMIT 1`,
    [memberId],
  );
  if (standing === undefined && line === undefined) return null;
  const isNewer = line !== undefined && line.sequence > (standing?.sequence ?? -1);
  const { balance, changedAt } = isNewer ? line : standing!;
  const closedAt = standing?.closedAt ?? null;
  return { balance, status: closedAt === null ? 'open' : 'closed', changedAt };
}

/** A member's ledger below a place in its sequence (null: from the newest), at most `limit` lines. */
export function listEntries(
  sql: Sql,
  tables: ReadModelTables,
  memberId: number,
  below: number | null,
  limit: number,
): Promise<PointEntry[]> {
  return sql.query(
    `SELECT member_id AS memberId, sequence, deal_id AS dealId, kind, outcome, reason, delta,
       balance, entered_at AS enteredAt
     FROM ${tables.pointEntry} WHERE member_id = ? AND sequence < ?
     ORDER BY sequence DESC LIMIT ?`,
    [memberId, below ?? Number.MAX_SAFE_INTEGER, limit],
  );
}
