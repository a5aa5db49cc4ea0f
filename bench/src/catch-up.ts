import { setTimeout as wait } from 'node:timers/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';

const LOOK_EVERY_MS = 50;
const CATCH_UP_MAX_MS = 120_000;

/** The events did not arrive in time: something is lost or hopelessly late. */
export class NeverCaughtUp extends Error {
  override readonly name = 'NeverCaughtUp';
}

/** The newest deal there is; 0 of none. */
export async function newestDeal(connection: Connection, prefix: string): Promise<number> {
  return number(connection, `SELECT COALESCE(MAX(id), 0) AS n FROM ${prefix}deal.deal`);
}

/**
 * Waits until Billing and the dashboard have everything of the deals after `since`: every outbox is sent, each use
 * has its line and each deal its row, and the dashboard knows every account as it stands.
 *
 * @returns epoch milliseconds of the look that saw it
 * @throws NeverCaughtUp after two minutes
 */
export async function caughtUp(
  connection: Connection,
  prefix: string,
  since: number,
): Promise<number> {
  const giveUpAt = Date.now() + CATCH_UP_MAX_MS;
  const count = (from: string): Promise<number> =>
    number(connection, `SELECT COUNT(*) AS n FROM ${prefix}${from}`);
  for (;;) {
    const missing = await whatIsMissing(count, prefix, since);
    const now = Date.now();
    if (missing === null) return now;
    if (now > giveUpAt) throw new NeverCaughtUp(missing);
    await wait(LOOK_EVERY_MS);
  }
}

/** The cheap questions first: while an outbox is unsent, nothing else need be counted. */
async function whatIsMissing(
  count: (from: string) => Promise<number>,
  prefix: string,
  since: number,
): Promise<string | null> {
  for (const service of ['deal', 'point']) {
    const unsent = await count(`${service}.outbox WHERE position IS NULL`);
    if (unsent > 0) return `${unsent} rows of the outbox of ${service}`;
  }
  const uses = await count(
    `deal.deal WHERE id > ${since} AND status = 'success' AND type IN ('use', 'useCancel')`,
  );
  const lines = await count(`billing.settlement_line WHERE deal_id > ${since}`);
  if (lines < uses) return `${uses - lines} lines of Billing`;
  const ended = await count(`deal.deal WHERE id > ${since} AND status <> 'pending'`);
  const shown = await count(`dashboard.deal_g1 WHERE deal_id > ${since} AND status IS NOT NULL`);
  if (shown < ended) return `${ended - shown} deals of the dashboard`;
  // An account that was written in bulk begins at 1: the dashboard hears of it with its first change. What is written in
  // bulk later leaves gaps in the history, but not in the balances.
  const stale = await count(
    `point.account a LEFT JOIN ${prefix}dashboard.balance_g1 b ON b.member_id = a.member_id
       LEFT JOIN ${prefix}dashboard.point_entry_g1 e ON e.member_id = a.member_id AND e.sequence = a.sequence
     WHERE a.sequence > 1 AND COALESCE(b.sequence, 0) < a.sequence AND e.member_id IS NULL`,
  );
  return stale > 0 ? `the points of ${stale} members of the dashboard` : null;
}

async function number(connection: Connection, sql: string): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(sql);
  return Number(rows[0]?.['n'] ?? 0);
}
