import type { Transaction } from '@onepoint/persistence';
import type { Deal } from '../domain/deal.ts';
import type { CancelNewestRequest, DealRequest } from '../domain/deal-request.ts';
import { DEAL_COLUMNS, readDeals } from './deal-rows.ts';

/** The deals that the cancels of a batch name, locked, by their id. */
export function readNamedOriginals(
  tx: Transaction,
  requests: readonly DealRequest[],
): Promise<Map<number, Deal>> {
  const named = requests.flatMap((request) =>
    request.kind === 'cancel' ? [request.originalDealId] : [],
  );
  return readDeals(tx, named, true);
}

/**
 * The newest deal that a cancel without an id describes, locked, or null. Those in `takenBack` are
 * cancelled by this very batch, so two such cancels take one deal each; a deal that a refused cancel
 * has named is still there for others.
 */
export async function findNewestOriginal(
  tx: Transaction,
  request: CancelNewestRequest,
  takenBack: Iterable<number>,
): Promise<Deal | null> {
  const types = tx.inList(request.originalType === null ? ['save', 'use'] : [request.originalType]);
  const taken = [...takenBack];
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
