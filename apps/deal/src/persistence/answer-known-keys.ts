import {
  IdempotencyKeyReused,
  RequestInProgress,
  claimIdOf,
  releaseKeys,
  replayOf,
} from '@onepoint/persistence';
import type { KeptKey, Transaction } from '@onepoint/persistence';
import type { OwnResult, RecordedDeal } from '../domain/deal-book.ts';
import { DealError } from '../domain/deal.errors.ts';
import type { Deal } from '../domain/deal.ts';
import type { KeyedRequest, RequestKey } from '../domain/deal-request.ts';
import { readDeals } from './deal-rows.ts';

/** Longer than any living save or cancel takes: a key still without an answer then was left by a crash. */
const ANSWER_OVERDUE_MS = 5_000;

/** The kept status of a key whose request was taken back by its terminal: never answered again. */
export const KEY_TAKEN_BACK = 410;

type Result = OwnResult<RecordedDeal>;

/** Requests whose key is known are answered here: with the first answer, or with why not. */
export async function answerKnownKeys(
  tx: Transaction,
  kept: ReadonlyMap<string, KeptKey>,
  requests: readonly KeyedRequest[],
  results: (Result | undefined)[],
  now: number,
): Promise<void> {
  /** Keys whose first request is carried out in this very batch, with its fingerprint. */
  const begun = new Map<string, string>();
  for (const [place, { key }] of requests.entries()) {
    if (key === null) continue;
    const name = claimIdOf(key);
    const twin = begun.get(name);
    const standing = kept.get(name);
    const answer =
      twin !== undefined
        ? answerTwin(twin, key)
        : standing && (await answerAgain(tx, standing, key, now));
    if (answer) results[place] = answer;
    else begun.set(name, key.fingerprint);
  }
}

function answerTwin(fingerprint: string, key: RequestKey): Result {
  const isSame = fingerprint === key.fingerprint;
  return { ok: false, error: isSame ? new RequestInProgress() : new IdempotencyKeyReused() };
}

/** undefined: the key is free again. */
async function answerAgain(
  tx: Transaction,
  kept: KeptKey,
  key: RequestKey,
  now: number,
): Promise<Result | undefined> {
  // Before all else: a net cancel that came first cannot know what the request would ask for.
  if (kept.status === KEY_TAKEN_BACK) return { ok: false, error: cancelledBeforeArrival() };
  try {
    const answer = replayOf(kept, key);
    if (answer === 'running') return await answerLeftOver(tx, kept, now);
    return { ok: true, value: { deal: answer.body as Deal, replayed: true } };
  } catch (error) {
    return { ok: false, error };
  }
}

/**
 * A key without a kept answer. That of a use is the deal as it ended. That of a save or cancel also tells how far its
 * points had got, which changes: it is kept, unless its process died before.
 */
async function answerLeftOver(
  tx: Transaction,
  kept: KeptKey,
  now: number,
): Promise<Result | undefined> {
  const { caller, key, subjectId } = kept;
  if (subjectId === null) throw new RequestInProgress();
  const deal = (await readDeals(tx, [subjectId], false)).get(subjectId);
  if (deal?.failReason === 'POINT_UNAVAILABLE') {
    // Recovery has ended it. As for any use that Point did not answer, the terminal may try again;
    // if another replica lets the same retry in at this moment, the claim of one of them collides.
    releaseKeys(tx, [{ caller, key, subjectId }]);
    return undefined;
  }
  if (!deal || deal.status === 'pending') throw new RequestInProgress();
  if (deal.type === 'use') return { ok: true, value: { deal: asItEnded(deal), replayed: true } };
  if (now - deal.dealDate < ANSWER_OVERDUE_MS) throw new RequestInProgress();
  return { ok: true, value: { deal, replayed: true } };
}

/** Without what became of it later. */
function asItEnded(use: Deal): Deal {
  return { ...use, billingStatus: 'no', cancelledByDealId: null };
}

function cancelledBeforeArrival(): DealError {
  return new DealError(
    'DEAL_CANCELLED_BEFORE_ARRIVAL',
    'this request was cancelled by its terminal before it arrived',
  );
}
