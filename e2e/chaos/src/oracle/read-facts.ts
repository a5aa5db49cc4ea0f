import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Facts } from './facts.ts';

/** Reads the five databases as they are now. */
export async function readFacts(url: string, prefix: string): Promise<Facts> {
  const connection = await createConnection({ uri: url, decimalNumbers: true });
  const rows = <Row>(table: string): Promise<Row[]> => readAll<Row>(connection, prefix + table);
  try {
    return {
      members: await rows('member.member'),
      accounts: await rows('point.account'),
      entries: await rows('point.ledger_entry'),
      waiting: await rows('point.waiting_change'),
      deals: await rows('deal.deal'),
      lines: await rows('billing.settlement_line'),
      billings: await rows('billing.billing'),
      runs: await rows('billing.settlement_run'),
      shownDeals: await rows('dashboard.deal_g1'),
      shownBalances: await rows('dashboard.balance_g1'),
      shownEntries: await rows('dashboard.point_entry_g1'),
      shownMembers: await rows('dashboard.member_g1'),
      shownTotals: await rows('dashboard.day_total_g1'),
      shownDeferred: await rows('dashboard.deferred_deal_g1'),
    };
  } finally {
    connection.destroy();
  }
}

async function readAll<Row>(connection: Connection, table: string): Promise<Row[]> {
  const [rows] = await connection.query<RowDataPacket[]>(`SELECT * FROM ${table}`);
  return rows as unknown as Row[];
}
