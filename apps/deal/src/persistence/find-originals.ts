import type { Transaction } from '@onepoint/persistence';
import type { Deal } from '../domain/deal.ts';
import type { CancelNewestRequest, DealRequest } from '../domain/deal-request.ts';
import { DEAL_COLUMNS, readDeals } from './deal-rows.ts';

/**
 * The deals that the cancels of a batch are about, locked, by the request's place in the batch. Two
 * cancels without an id that describe the same deals take one deal each, the newest first.
 */
export async function findOriginals(
  tx: Transaction,
  requests: readonly (DealRequest | null)[],
): Promise<Map<number, Deal>> {
  const named = requests.flatMap((request) =>
    request?.kind === 'cancel' ? [request.originalDealId] : [],
  );
  const byId = await readDeals(tx, named, true);
  const originals = new Map<number, Deal>();
  const taken: number[] = [...byId.keys()];
  for (const [place, request] of requests.entries()) {
    if (request?.kind === 'cancel') {
      const original = byId.get(request.originalDealId);
      if (original) originals.set(place, original);
    } else if (request?.kind === 'cancelNewest') {
      const original = await findNewest(tx, request, taken);
      if (original === null) continue;
      originals.set(place, original);
      taken.push(original.id);
    }
  }
  return originals;
}

async function findNewest(
  tx: Transaction,
  request: CancelNewestRequest,
  taken: readonly number[],
): Promise<Deal | null> {
  const types = tx.inList(request.originalType === null ? ['save', 'use'] : [request.originalType]);
  const others = taken.length === 0 ? null : tx.inList(taken);
  const [newest] = await tx.query<Deal>(
    `SELECT ${DEAL_COLUMNS} FROM deal
     WHERE member_id = ? AND merchant_id = ? AND deal_amount = ? AND type IN ${types.sql}
       AND status = 'success' AND cancelled_by_deal_id IS NULL
       ${others === null ? '' : `AND id NOT IN ${others.sql}`}
     ORDER BY id DESC LIMIT 1${tx.forUpdate()}`,
    [
      request.memberId,
      request.merchantId,
      request.dealAmount,
      ...types.params,
      ...(others?.params ?? []),
    ],
  );
  return newest ?? null;
}
