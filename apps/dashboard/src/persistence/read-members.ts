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
  const [account] = await sql.query<{
    balance: number;
    changedAt: number;
    closedAt: number | null;
  }>(
    `SELECT balance, changed_at AS changedAt, closed_at AS closedAt FROM ${tables.balance}
     WHERE member_id = ?`,
    [memberId],
  );
  if (member === undefined && account === undefined) return null;
  const { joinedAt, withdrawnAt } = member ?? { joinedAt: null, withdrawnAt: null };
  return {
    ...{ memberId, joinedAt, withdrawnAt },
    status: withdrawnAt === null ? 'valid' : 'withdrawn',
    account:
      account === undefined
        ? null
        : {
            balance: account.balance,
            status: account.closedAt === null ? 'open' : 'closed',
            changedAt: account.changedAt,
          },
  };
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
