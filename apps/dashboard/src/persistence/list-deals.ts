import { dealType } from '@onepoint/contracts';
import type { BillingStatus, DealType, MemberStatus, PointStatus } from '@onepoint/contracts';
import type { Sql } from '@onepoint/persistence';
import { DEAL_COLUMNS, dealOfRow } from './deal-row.ts';
import type { DealRow } from './deal-row.ts';
import { pointStatusOf } from './known-deal.ts';
import type { DealFact } from './known-deal.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/** A deal as it is shown: only deals whose own event has been heard are. */
export interface SeenDeal extends DealFact {
  readonly dealId: number;
  readonly pointStatus: PointStatus | null;
  /** Why the points are void or wait; null when they do neither, or nobody said why. */
  readonly pointReason: string | null;
  readonly billingStatus: BillingStatus;
  readonly cancelledByDealId: number | null;
  readonly memberStatus: MemberStatus;
}

/** Which deals are asked for. Instants are epoch milliseconds. */
export interface DealFilter {
  readonly status: 'success' | 'fail';
  readonly memberId?: number | undefined;
  readonly merchantId?: number | undefined;
  readonly type?: DealType | undefined;
  readonly billingStatus?: BillingStatus | undefined;
  /** Inclusive. */
  readonly from?: number | undefined;
  /** Exclusive. */
  readonly to?: number | undefined;
}

/** Where a page of deals ends: the next one goes on below. */
export interface DealPlace {
  readonly dealDate: number;
  readonly dealId: number;
}

interface Part {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

/**
 * Deals of a filter, newest first, at most `limit`. One range of an index is read for each type and
 * billing status that the filter leaves open, `limit` entries at most from each: the cost of a page
 * does not grow with the table (S5).
 */
export async function listDeals(
  sql: Sql,
  tables: ReadModelTables,
  filter: DealFilter,
  below: DealPlace | null,
  limit: number,
): Promise<SeenDeal[]> {
  const ranges = rangesOf(filter).map((range) => entriesOf(tables, range, below, limit));
  const entries = ranges.map(({ sql: select }, at) => `SELECT * FROM (${select}) AS range_${at}`);
  return seenDeals(
    sql,
    tables,
    {
      sql: `${entries.join(' UNION ALL ')} ORDER BY deal_date DESC, deal_id DESC LIMIT ?`,
      params: [...ranges.flatMap(({ params }) => params), limit],
    },
    'DESC',
  );
}

/** Deals whose points are still awaited, the oldest first, at most `limit`. */
export async function listDeferred(
  sql: Sql,
  tables: ReadModelTables,
  above: DealPlace | null,
  limit: number,
): Promise<SeenDeal[]> {
  const { dealDate, dealId } = above ?? { dealDate: 0, dealId: 0 };
  return seenDeals(
    sql,
    tables,
    {
      sql: `SELECT deal_id, deal_date FROM ${tables.deferredDeal}
        WHERE deal_date >= ? AND (deal_date > ? OR deal_id > ?)
        ORDER BY deal_date, deal_id LIMIT ?`,
      params: [dealDate, dealDate, dealId, limit],
    },
    'ASC',
  );
}

/** One deal, or null while its own event has not been heard. */
export async function findDeal(
  sql: Sql,
  tables: ReadModelTables,
  dealId: number,
): Promise<SeenDeal | null> {
  const entry = `SELECT deal_id, deal_date FROM ${tables.deal}
    WHERE deal_id = ? AND status IS NOT NULL`;
  const [deal] = await seenDeals(sql, tables, { sql: entry, params: [dealId] }, 'ASC');
  return deal ?? null;
}

/** Looks up the rows of some entries, and the status of their members as it is now. */
async function seenDeals(
  sql: Sql,
  { deal, member }: ReadModelTables,
  entries: Part,
  order: 'ASC' | 'DESC',
): Promise<SeenDeal[]> {
  const columns = DEAL_COLUMNS.split(', ').map((column) => `deal.${column}`);
  const rows = await sql.query<DealRow & { withdrawn_at: number | null }>(
    `SELECT ${columns.join(', ')}, member.withdrawn_at
     FROM (${entries.sql}) AS entry
     JOIN ${deal} AS deal ON deal.deal_id = entry.deal_id
     LEFT JOIN ${member} AS member ON member.member_id = deal.member_id
     ORDER BY entry.deal_date ${order}, entry.deal_id ${order}`,
    entries.params,
  );
  return rows.flatMap((row) => seenDealOf(row, row.withdrawn_at));
}

function seenDealOf(row: DealRow, withdrawnAt: number | null): SeenDeal[] {
  const known = dealOfRow(row);
  if (known.deal === null) return [];
  const pointStatus = pointStatusOf(known);
  const explained = pointStatus === 'deferred' || pointStatus === 'void';
  return [
    {
      ...known.deal,
      dealId: known.dealId,
      pointStatus,
      pointReason: explained ? (known.points?.reason ?? null) : null,
      billingStatus: known.settlement === null ? 'no' : 'yes',
      cancelledByDealId: known.cancelledByDealId,
      memberStatus: withdrawnAt === null ? 'valid' : 'withdrawn',
    },
  ];
}

/** The filters that each name one range of an index. A member's deals are few: they are one range. */
function rangesOf(filter: DealFilter): DealFilter[] {
  if (filter.memberId !== undefined) return [filter];
  const types = filter.type === undefined ? dealType.options : [filter.type];
  const billings =
    filter.billingStatus === undefined ? (['no', 'yes'] as const) : [filter.billingStatus];
  return types.flatMap((type) =>
    billings.map((billingStatus) => ({ ...filter, type, billingStatus })),
  );
}

function entriesOf(
  tables: ReadModelTables,
  filter: DealFilter,
  below: DealPlace | null,
  limit: number,
): Part {
  const conditions: string[] = [];
  const params: (string | number)[] = [];
  const where = (condition: string, ...values: (string | number | undefined)[]): void => {
    const given = values.filter((value) => value !== undefined);
    if (given.length !== values.length) return;
    conditions.push(condition);
    params.push(...given);
  };
  where('member_id = ?', filter.memberId);
  where('merchant_id = ?', filter.merchantId);
  where('status = ?', filter.status);
  where('type = ?', filter.type);
  where('billing_status = ?', filter.billingStatus);
  where('deal_date >= ?', filter.from);
  where('deal_date < ?', filter.to);
  where('deal_date <= ?', below?.dealDate);
  where('(deal_date < ? OR deal_id < ?)', below?.dealDate, below?.dealId);
  return {
    sql: `SELECT deal_id, deal_date FROM ${tables.deal} WHERE ${conditions.join(' AND ')}
      ORDER BY deal_date DESC, deal_id DESC LIMIT ?`,
    params: [...params, limit],
  };
}
