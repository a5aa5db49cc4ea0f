import type { Outbox } from '@onepoint/messaging';
import { releaseKeys } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import type { Deal } from '../domain/deal.ts';
import type { EndingDeal } from '../domain/deal-end.ts';
import { eventOfFailure, eventOfSuccess } from './deal-events.ts';
import { readDeals } from './deal-rows.ts';

interface EndedDeal extends EndingDeal {
  /** The deal as it is now. */
  readonly ended: Deal;
}

/**
 * Ends pending uses in one transaction, with their events. A deal that is not
 * pending any more keeps the end it has: of a late answer and recovery, the first one wins.
 */
export async function endBatch(
  tx: Transaction,
  outbox: Outbox,
  ends: readonly EndingDeal[],
  now: number,
): Promise<readonly Deal[]> {
  const standing = await readDeals(
    tx,
    ends.map(({ deal }) => deal.id),
    true,
  );
  const ending = new Map<number, EndedDeal>();
  for (const each of ends) {
    const deal = standing.get(each.deal.id);
    if (deal?.status !== 'pending' || ending.has(deal.id)) continue;
    ending.set(deal.id, { ...each, ended: endedDeal(deal, each.end) });
  }
  await writeEnded(tx, outbox, [...ending.values()], now);
  return ends.map(({ deal }) => ending.get(deal.id)?.ended ?? standing.get(deal.id) ?? deal);
}

/**
 * The same where each deal still is pending and comes once, as nearly always: nothing is asked for first, and all goes in
 * one journey. Otherwise the transaction fails with `ConditionUnmet`; {@link endBatch} sees what is the case.
 */
export async function endPending(
  tx: Transaction,
  outbox: Outbox,
  ends: readonly EndingDeal[],
  now: number,
): Promise<readonly Deal[]> {
  const ending = ends.map((each) => ({ ...each, ended: endedDeal(each.deal, each.end) }));
  await writeEnded(tx, outbox, ending, now);
  return ending.map(({ ended }) => ended);
}

async function writeEnded(
  tx: Transaction,
  outbox: Outbox,
  ending: readonly EndedDeal[],
  now: number,
): Promise<void> {
  if (ending.length === 0) return;
  writeEnds(tx, ending);
  const told = ending.map(({ ended, end, origin }) => ({
    ...(end.status === 'success' ? eventOfSuccess(ended) : eventOfFailure(ended, end, now)),
    origin,
  }));
  await outbox.append(tx, told);
  freeKeys(tx, ending);
}

function endedDeal(deal: Deal, end: EndingDeal['end']): Deal {
  return end.status === 'success'
    ? { ...deal, status: 'success', pointStatus: 'applied' }
    : { ...deal, status: 'fail', failReason: end.failReason };
}

function writeEnds(tx: Transaction, fresh: readonly EndedDeal[]): void {
  const byReason = Map.groupBy(fresh, ({ ended }) => ended.failReason);
  for (const [failReason, group] of byReason) {
    const list = tx.inList(group.map(({ ended }) => ended.id));
    const status = failReason === null ? 'success' : 'fail';
    tx.later.execute(
      // Left to itself MySQL finds them by their status, which is what changes: it would sort them out first.
      `UPDATE deal${tx.useIndex('PRIMARY')} SET status = ?, fail_reason = ?, point_status = ?
       WHERE id IN ${list.sql} AND status = 'pending'`,
      [status, failReason, failReason === null ? 'applied' : null, ...list.params],
      { affects: group.length },
    );
  }
}

/**
 * A refusal is an answer like a success, and both are read from the deal itself when the key comes again. Only after
 * "points cannot be used right now" the key is free: the deal has failed for good and takes no point, so the terminal
 * may try again with it.
 */
function freeKeys(tx: Transaction, fresh: readonly EndedDeal[]): void {
  const again = fresh.flatMap(({ key, ended }) =>
    key !== null && ended.failReason === 'POINT_UNAVAILABLE' ? [key] : [],
  );
  releaseKeys(tx, again);
}
