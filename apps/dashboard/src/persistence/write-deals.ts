import type { Transaction } from '@onepoint/persistence';
import { DEAL_COLUMNS, dealOfRow, rowOfDeal } from './deal-row.ts';
import type { DealRow } from './deal-row.ts';
import { isSameDeal, joinDeals, unknownDeal } from './known-deal.ts';
import type { KnownDeal } from './known-deal.ts';

/** Ids in one IN list. */
const IDS_MAX = 1_000;

/** What a deal was known as before a batch, and what it is known as after it. */
export interface DealStep {
  readonly before: KnownDeal;
  readonly after: KnownDeal;
}

/**
 * Joins what was heard of deals with what is stored and writes those that changed. The rows stay
 * locked until the transaction ends, so that whatever follows from a step is counted once.
 *
 * Throws a duplicate key when another transaction inserted one of the deals meanwhile: where there is
 * no row there is nothing to lock. Begun again, the row is found. The same says, without a look first, that a deal was
 * there: of how a deal ended is heard once, and mostly before all else.
 */
export async function writeDeals(
  tx: Transaction,
  table: string,
  heard: ReadonlyMap<number, KnownDeal>,
  looksFirst: boolean,
): Promise<DealStep[]> {
  const dealIds = [...heard.keys()].sort((a, b) => a - b);
  const mayBeNew = [...heard.values()].every(({ deal }) => deal !== null);
  const stored =
    mayBeNew && !looksFirst ? new Map<number, KnownDeal>() : await lockDeals(tx, table, dealIds);
  const steps: DealStep[] = [];
  for (const dealId of dealIds) {
    const before = stored.get(dealId) ?? unknownDeal(dealId);
    const after = joinDeals(before, heard.get(dealId) ?? before);
    if (!isSameDeal(before, after)) steps.push({ before, after });
  }
  const rows = steps.map(({ after }) => rowOfDeal(after));
  tx.later.insertRows(
    table,
    rows.filter((row) => !stored.has(row.deal_id)),
  );
  const changed = rows.filter((row) => stored.has(row.deal_id));
  const [first] = changed;
  if (first !== undefined) {
    const update = Object.keys(first).filter((column) => column !== 'deal_id');
    tx.later.upsertRows(table, changed, { key: ['deal_id'], update });
  }
  return steps;
}

/** In ascending order, so that two transactions cannot wait for each other in a circle. */
async function lockDeals(
  tx: Transaction,
  table: string,
  dealIds: readonly number[],
): Promise<Map<number, KnownDeal>> {
  const stored = new Map<number, KnownDeal>();
  for (let from = 0; from < dealIds.length; from += IDS_MAX) {
    const list = tx.inList(dealIds.slice(from, from + IDS_MAX));
    const rows = await tx.query<DealRow>(
      `SELECT ${DEAL_COLUMNS} FROM ${table} WHERE deal_id IN ${list.sql}
       ORDER BY deal_id${tx.forUpdate()}`,
      list.params,
    );
    for (const row of rows) stored.set(row.deal_id, dealOfRow(row));
  }
  return stored;
}
