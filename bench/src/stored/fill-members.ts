import type { Connection } from 'mysql2/promise';
import { makeRows } from './numbers.ts';

/** Members `from` to `to`, both inclusive. */
export interface MembersToFill {
  readonly from: number;
  readonly to: number;
  /** Points of each. */
  readonly balance: number;
}

/** Opening a million accounts through the doors would measure the doors: they are written in bulk. */
export async function fillAccounts(
  connection: Connection,
  prefix: string,
  { from, to, balance }: MembersToFill,
): Promise<void> {
  const now = Date.now();
  await makeRows(connection, {
    into: `${prefix}point.account`,
    count: to - from + 1,
    columns: {
      member_id: `${from} + n`,
      balance: String(balance),
      status: "'open'",
      sequence: '1',
      opened_at: String(now),
      updated_at: String(now),
    },
  });
}

/** The same members as the dashboard would have heard of them. */
export async function fillKnownMembers(
  connection: Connection,
  prefix: string,
  { from, to, balance }: MembersToFill,
): Promise<void> {
  const now = String(Date.now());
  const count = to - from + 1;
  const memberId = `${from} + n`;
  await makeRows(connection, {
    into: `${prefix}dashboard.member_g1`,
    columns: { member_id: memberId, joined_at: now, withdrawn_at: 'NULL' },
    count,
  });
  await makeRows(connection, {
    into: `${prefix}dashboard.balance_g1`,
    columns: {
      member_id: memberId,
      sequence: '1',
      balance: String(balance),
      changed_at: now,
      closed_at: 'NULL',
    },
    count,
  });
}
