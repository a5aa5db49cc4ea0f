import type { Outbox } from '@onepoint/messaging';
import { claimIdOf, claimKeys, findKeys, keepAnswers } from '@onepoint/persistence';
import type { KeptKey, Transaction } from '@onepoint/persistence';
import type { Deal } from '../domain/deal.ts';
import { CANCELLED_BY_TERMINAL } from '../domain/net-cancel.ts';
import type { NetCancelRequest, NetCancelled } from '../domain/net-cancel.ts';
import { KEY_TAKEN_BACK } from './answer-known-keys.ts';
import { readDeals } from './deal-rows.ts';
import { endBatch } from './end-batch.ts';
import { recordBatch } from './record-batch.ts';

/** No request hashes to this: what is asked for under the key does not matter any more. */
const ANY_REQUEST = '0'.repeat(64);

/**
 * Takes a request back by its key, in one transaction with the tombstone that keeps it from coming
 * later. Of a request and its net cancel that arrive together one has the key first: the other finds
 * it, or collides with it and is tried again.
 */
export async function netCancel(
  tx: Transaction,
  outbox: Outbox,
  request: NetCancelRequest,
  now: number,
): Promise<NetCancelled> {
  const { of, origin } = request;
  const kept = (await findKeys(tx, [of])).get(claimIdOf(of));
  if (kept === undefined) {
    const answer = { status: KEY_TAKEN_BACK, body: null };
    await claimKeys(tx, [{ claim: { ...of, fingerprint: ANY_REQUEST }, answer }], now);
    return { outcome: 'not-arrived', deal: null };
  }
  const deal = await dealOf(tx, kept);
  if (deal === null) return { outcome: 'not-arrived', deal: null };
  if (kept.status !== KEY_TAKEN_BACK) {
    await keepAnswers(tx, [{ claim: of, status: KEY_TAKEN_BACK, body: null }]);
  }
  return takeBack(tx, outbox, deal, origin, now);
}

async function dealOf(tx: Transaction, { subjectId }: KeptKey): Promise<Deal | null> {
  if (subjectId === null) return null;
  return (await readDeals(tx, [subjectId], true)).get(subjectId) ?? null;
}

async function takeBack(
  tx: Transaction,
  outbox: Outbox,
  deal: Deal,
  origin: NetCancelRequest['origin'],
  now: number,
): Promise<NetCancelled> {
  switch (deal.status) {
    case 'fail':
      return { outcome: 'failed', deal };
    case 'pending': {
      // Point may be debiting at this moment: what it does is undone like that of a lost answer.
      const end = { status: 'fail', failReason: CANCELLED_BY_TERMINAL, debit: 'unknown' } as const;
      const [ended] = await endBatch(tx, outbox, [{ deal, end, key: null, origin }], now);
      return { outcome: 'failed', deal: ended! };
    }
    case 'success': {
      if (deal.cancelledByDealId !== null) {
        const cancels = await readDeals(tx, [deal.cancelledByDealId], false);
        return { outcome: 'cancelled', deal: cancels.get(deal.cancelledByDealId)!, isNew: false };
      }
      const cancel = {
        kind: 'cancel' as const,
        originalDealId: deal.id,
        merchantId: deal.merchantId,
        memberId: null,
        dealAmount: null,
        originalType: null,
      };
      const [result] = await recordBatch(tx, outbox, [{ request: cancel, key: null, origin }], now);
      if (!result!.ok) throw result!.error;
      return { outcome: 'cancelled', deal: result!.value.deal, isNew: true };
    }
    default:
      return deal.status satisfies never;
  }
}
