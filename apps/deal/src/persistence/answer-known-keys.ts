import { RequestInProgress, claimIdOf, findKeys, replayOf } from '@onepoint/persistence';
import type { KeptKey, Transaction } from '@onepoint/persistence';
import type { OwnResult, RecordedDeal } from '../domain/deal-book.ts';
import { DealError } from '../domain/deal.errors.ts';
import type { Deal } from '../domain/deal.ts';
import type { KeyedRequest, RequestKey } from '../domain/deal-request.ts';
import { readDeals } from './deal-rows.ts';

/** Longer than any living request takes: a key still without an answer then was left by a crash. */
const ANSWER_OVERDUE_MS = 5_000;

type Result = OwnResult<RecordedDeal>;

/** Requests whose key is known are answered here: with the first answer, or with why not. */
export async function answerKnownKeys(
  tx: Transaction,
  requests: readonly KeyedRequest[],
  results: (Result | undefined)[],
  now: number,
): Promise<void> {
  const keys = requests.flatMap(({ key }) => (key === null ? [] : [key]));
  if (keys.length === 0) return;
  const kept = await findKeys(tx, keys);
  const seen = new Set<string>();
  for (const [place, { key }] of requests.entries()) {
    if (key === null) continue;
    const name = claimIdOf(key);
    const standing = kept.get(name);
    if (standing) results[place] = await replay(tx, standing, key, now);
    // A twin in the same batch: the first of the two is being carried out right now.
    else if (seen.has(name)) results[place] = { ok: false, error: new RequestInProgress() };
    seen.add(name);
  }
}

async function replay(
  tx: Transaction,
  kept: KeptKey,
  key: RequestKey,
  now: number,
): Promise<Result> {
  try {
    const answer = replayOf(kept, key);
    if (answer !== 'running') {
      if (answer.status === 410) throw cancelledBeforeArrival();
      return { ok: true, value: { deal: answer.body as Deal, replayed: true } };
    }
    if (kept.subjectId === null) throw new RequestInProgress();
    const deal = (await readDeals(tx, [kept.subjectId], false)).get(kept.subjectId);
    if (!deal || deal.status === 'pending' || now - deal.dealDate < ANSWER_OVERDUE_MS) {
      throw new RequestInProgress();
    }
    // Its process died before the answer was kept. The deal has ended, so it is the answer itself.
    return { ok: true, value: { deal, replayed: true } };
  } catch (error) {
    return { ok: false, error };
  }
}

function cancelledBeforeArrival(): DealError {
  return new DealError(
    'DEAL_CANCELLED_BEFORE_ARRIVAL',
    'this request was cancelled by its terminal before it arrived',
  );
}
