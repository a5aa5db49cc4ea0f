import type { Connection, RowDataPacket } from 'mysql2/promise';
import { comeToRest } from './after-filling.ts';
import { makeRows } from './numbers.ts';
import { MEMBER_STEP, undoStep } from './spread.ts';
import { withoutIndexes } from './without-indexes.ts';

/** Deals of the last year that are over: three saves to two uses, equally over members and merchants. */
export interface DealsToFill {
  readonly prefix: string;
  readonly count: number;
  /** Members 1 to here. Their accounts are there. */
  readonly members: number;
  /** Merchants 1 to here. */
  readonly merchants: number;
}

/** What the rows of one filling have in common. */
interface Filling extends DealsToFill {
  /** The first deal's id. */
  readonly firstId: number;
  /** No account's sequence is above it. */
  readonly sequence: number;
  /** Date of deal `n`; SQL, epoch milliseconds. */
  readonly dealDate: string;
}

const DASHBOARD = ['dashboard.deal_g1', 'dashboard.point_entry_g1', 'dashboard.day_total_g1'];
const OTHERS = ['deal.deal', 'point.account', 'point.ledger_entry', 'billing.settlement_line'];
const DAY_MS = 86_400_000;
const POINTS = 100;
const TYPE = `IF(n % 5 < 3, 'save', 'use')`;
/** What a use takes and a save gives. */
const DELTA = `IF(n % 5 < 3, ${POINTS}, -${POINTS})`;
const BALANCE_AFTER = '1000000';

/**
 * Writes finished deals into the tables of Deal, Point, the dashboard and Billing, as they would stand after a
 * year, without events. The services must not run meanwhile: indexes are dropped and made anew.
 */
export async function fillDeals(connection: Connection, deals: DealsToFill): Promise<void> {
  if (deals.count === 0) return;
  const filling = await begun(connection, deals);
  await fillDeal(connection, filling);
  await fillLedger(connection, filling);
  await fillDashboardDeals(connection, filling);
  await fillBilling(connection, filling);
  const tables = [...OTHERS, ...DASHBOARD].map((table) => deals.prefix + table);
  await comeToRest(connection, tables);
}

/** The same for the dashboard alone. */
export async function fillReadModel(connection: Connection, deals: DealsToFill): Promise<void> {
  if (deals.count === 0) return;
  const { prefix } = deals;
  const firstId = 1 + (await largest(connection, `${prefix}dashboard.deal_g1`, 'deal_id'));
  const sequence = await largest(connection, `${prefix}dashboard.point_entry_g1`, 'sequence');
  const filling = { ...deals, firstId, sequence, dealDate: dateOf(deals.count) };
  await fillDashboardDeals(connection, filling);
  const tables = DASHBOARD.map((table) => prefix + table);
  await comeToRest(connection, tables);
}

async function begun(connection: Connection, deals: DealsToFill): Promise<Filling> {
  const { prefix, count } = deals;
  const firstId = 1 + (await largest(connection, `${prefix}deal.deal`, 'id'));
  const sequence = await largest(connection, `${prefix}point.account`, 'sequence');
  return { ...deals, firstId, sequence, dealDate: dateOf(count) };
}

/** Equally over a year that ended yesterday. */
function dateOf(count: number): string {
  const end = Date.now() - DAY_MS;
  return `${end - 364 * DAY_MS} + n * ${364 * DAY_MS} DIV ${count}`;
}

async function largest(connection: Connection, table: string, column: string): Promise<number> {
  const sql = `SELECT COALESCE(MAX(${column}), 0) AS n FROM ${table}`;
  const [rows] = await connection.query<RowDataPacket[]>(sql);
  return Number(rows[0]?.['n'] ?? 0);
}

function partiesOf({ members, merchants }: DealsToFill): { member: string; merchant: string } {
  return {
    member: `1 + (n * ${MEMBER_STEP}) % ${members}`,
    merchant: `1 + (n DIV 5) % ${merchants}`,
  };
}

async function fillDeal(connection: Connection, filling: Filling): Promise<void> {
  const { prefix, count, firstId, dealDate } = filling;
  const { member, merchant } = partiesOf(filling);
  const into = `${prefix}deal.deal`;
  const columns = {
    ...{ id: `${firstId} + n`, member_id: member, merchant_id: merchant, type: TYPE },
    ...{ deal_amount: '10000', point: String(POINTS), status: "'success'" },
    ...{ point_status: "'applied'", billing_status: "'no'" },
    ...{ earn_rate_bps: '100', commission_bps: '200', earn_charge_bps: '0', deal_date: dealDate },
  };
  await withoutIndexes(connection, into, () => makeRows(connection, { into, columns, count }));
}

async function fillLedger(connection: Connection, filling: Filling): Promise<void> {
  const { prefix, count, firstId, members, sequence, dealDate } = filling;
  const into = `${prefix}point.ledger_entry`;
  const columns = {
    ...{ cause: "'deal'", cause_id: `${firstId} + n`, member_id: partiesOf(filling).member },
    ...{ kind: TYPE, outcome: "'applied'", delta: DELTA, balance_after: BALANCE_AFTER },
    ...{ sequence: `${sequence + 1} + n DIV ${members}`, decided_at: dealDate },
  };
  await withoutIndexes(connection, into, () => makeRows(connection, { into, columns, count }));
  const last = sequence + Math.ceil(count / members);
  await connection.query(`UPDATE ${prefix}point.account SET sequence = ${last}`);
  await connection.query(`UPDATE ${prefix}dashboard.balance_g1 SET sequence = ${last}`);
}

async function fillDashboardDeals(connection: Connection, filling: Filling): Promise<void> {
  const { prefix, count, firstId, members, sequence, dealDate } = filling;
  const { member, merchant } = partiesOf(filling);
  const into = `${prefix}dashboard.deal_g1`;
  const columns = {
    ...{ deal_id: `${firstId} + n`, member_id: member, merchant_id: merchant, type: TYPE },
    ...{ deal_amount: '10000', point: String(POINTS), deal_date: dealDate, status: "'success'" },
    ...{ point_outcome: "'applied'", point_changed_at: dealDate },
    // What is older than a month or so is settled.
    billing_status: `IF(n < ${Math.floor(count * 0.9)} AND n % 5 >= 3, 'yes', 'no')`,
  };
  await withoutIndexes(connection, into, () => makeRows(connection, { into, columns, count }));
  await addDayTotals(connection, filling);
  // In the order of their key: member by member, and each member's deals in turn.
  const each = Math.ceil(count / members);
  const [j, k] = [`(n DIV ${each})`, `(n % ${each})`];
  const deal = `(${k} * ${members} + (${j} * ${undoStep(members)}) % ${members})`;
  const ofDeal = (sql: string): string => sql.replaceAll(/\bn\b/g, deal);
  await makeRows(connection, {
    into: `${prefix}dashboard.point_entry_g1`,
    count: members * each,
    where: `${deal} < ${count}`,
    columns: {
      ...{ member_id: `1 + ${j}`, sequence: `${sequence + 1} + ${k}` },
      ...{ deal_id: `${firstId} + ${deal}`, kind: ofDeal(TYPE), outcome: "'applied'" },
      ...{ delta: ofDeal(DELTA), balance: BALANCE_AFTER, entered_at: ofDeal(dealDate) },
    },
  });
}

/** Merchant 0 stands for all of them together. */
async function addDayTotals(connection: Connection, filling: Filling): Promise<void> {
  const { prefix, firstId, count } = filling;
  await connection.query(`SET time_zone = '+09:00'`);
  for (const merchant of ['merchant_id', '0']) {
    await connection.query(
      `INSERT INTO ${prefix}dashboard.day_total_g1
         (merchant_id, day, type, deals, deal_amount, point, failed_deals)
       SELECT ${merchant} AS of_merchant, DATE(FROM_UNIXTIME(deal_date DIV 1000)) AS of_day, type,
         COUNT(*) AS of_deals, SUM(deal_amount), SUM(point), 0
       FROM ${prefix}dashboard.deal_g1
       WHERE deal_id >= ${firstId} AND deal_id < ${firstId + count}
       GROUP BY of_merchant, of_day, type
       ON DUPLICATE KEY UPDATE deals = deals + VALUES(deals),
         deal_amount = deal_amount + VALUES(deal_amount), point = point + VALUES(point)`,
    );
  }
}

/** Uses only, in a month long past, so that the month that is measured begins with nothing. */
async function fillBilling(connection: Connection, filling: Filling): Promise<void> {
  const { prefix, count, firstId, merchants, dealDate } = filling;
  const { member } = partiesOf(filling);
  const billings = `${prefix}billing.billing`;
  const before = await largest(connection, billings, 'id');
  const month = `1990${String(1 + Math.floor(before / merchants)).padStart(2, '0')}`;
  const round = `(n DIV 5 DIV ${merchants})`;
  const billing = `${before} + 1 + (n DIV 5) % ${merchants}`;
  const into = `${prefix}billing.settlement_line`;
  const columns = {
    ...{ billing_id: billing, place: `${round} * 2 + n % 5 - 2`, deal_id: `${firstId} + n` },
    ...{ member_id: member, type: "'use'", point: String(POINTS), commission_bps: '200' },
    ...{ earn_charge_bps: '0', deal_date: dealDate, heard_at: dealDate },
  };
  const where = 'n % 5 >= 3';
  await withoutIndexes(connection, into, () =>
    makeRows(connection, { into, columns, count, where }),
  );
  await connection.query(
    `INSERT INTO ${billings} (id, merchant_id, billing_month, line_count, settled_through,
       run_count, chunk_count, net_amount, created_at)
     SELECT billing_id, billing_id - ${before}, '${month}', COUNT(*), 0, 0, 0, 0, 0
     FROM ${into} WHERE billing_id > ${before} AND billing_id <= ${before + merchants}
     GROUP BY billing_id`,
  );
}
