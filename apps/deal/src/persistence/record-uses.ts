import { claimKeysLater } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import type { OwnResult, RecordedDeal } from '../domain/deal-book.ts';
import type { KeyedRequest } from '../domain/deal-request.ts';
import type { Merchant } from '../domain/merchant.ts';
import { planDeal } from '../domain/plan-deal.ts';
import { dealRow } from './deal-rows.ts';
import { requireUnchanged } from './known-merchants.ts';
import { merchantOf } from './record-batch.ts';

/** Whether all of a batch are uses: they say nothing yet, and nothing is locked for them. */
export function areUses(requests: readonly KeyedRequest[]): boolean {
  return requests.every(({ request }) => request.kind === 'use');
}

/**
 * Records uses at merchants that are known already, asking for nothing first: all statements and the commit are one
 * journey. A key that was claimed before is the transaction's duplicate key, a merchant that has changed its
 * `ConditionUnmet`; nothing is recorded then, and {@link recordBatch} finds out what is the case.
 *
 * @returns the results, to be asked for when the transaction is committed
 */
export async function recordUses(
  tx: Transaction,
  requests: readonly KeyedRequest[],
  merchants: ReadonlyMap<number, Merchant>,
  now: number,
): Promise<() => readonly OwnResult<RecordedDeal>[]> {
  const deals = requests.map(({ request }) =>
    planDeal(request, { merchant: merchantOf(request, merchants), original: null }, now),
  );
  requireUnchanged(tx, merchants);
  const ids = await tx.later.insertNumbered('deal', deals.map(dealRow), { carrier: 'member_id' });
  const claims = requests.flatMap(({ key }, row) =>
    key === null ? [] : [{ claim: key, subjectId: ids.of(row) }],
  );
  claimKeysLater(tx, claims, now);
  return () => {
    const known = ids.known();
    return deals.map((deal, row) => ({
      ok: true as const,
      value: { deal: { ...deal, id: known[row]! }, replayed: false },
    }));
  };
}
