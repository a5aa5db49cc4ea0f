import type { Outbox } from '@onepoint/messaging';
import { claimKeysLater, findKeys } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import { alreadyCancelled } from '../domain/deal.errors.ts';
import type { OwnResult, RecordedDeal } from '../domain/deal-book.ts';
import type { Deal, NewDeal } from '../domain/deal.ts';
import type { DealRequest, KeyedRequest, RequestKey } from '../domain/deal-request.ts';
import type { Merchant } from '../domain/merchant.ts';
import { planDeal } from '../domain/plan-deal.ts';
import { eventOfSuccess } from './deal-events.ts';
import { answerKnownKeys } from './answer-known-keys.ts';
import { dealRow } from './deal-rows.ts';
import { findNewestOriginal, readNamedOriginals } from './find-originals.ts';
import type { KnownMerchants } from './known-merchants.ts';
import { readMerchantsToKnow } from './read-merchants.ts';

type Result = OwnResult<RecordedDeal>;

/**
 * Records a batch in one transaction: keys, merchants and originals are read and locked, each request
 * is decided on its own, and what is accepted is written with one statement per table. `known` is told of the
 * merchants.
 */
export async function recordBatch(
  tx: Transaction,
  outbox: Outbox,
  requests: readonly KeyedRequest[],
  now: number,
  known?: KnownMerchants,
): Promise<readonly Result[]> {
  const results = new Array<Result | undefined>(requests.length);
  const asked = requests.map(({ request }) => request);
  // One journey for all; the originals, which are locked, last.
  const [kept, merchants, named] = await Promise.all([
    findKeys(tx, keysOf(requests)),
    readMerchantsToKnow(tx, merchantIdsOf(asked), now),
    readNamedOriginals(tx, asked),
  ]);
  known?.remember(merchants.values(), now);
  await answerKnownKeys(tx, kept, requests, results, now);
  const open = requests.map(({ request }, place) => (results[place] ? null : request));

  const accepted: Accepted[] = [];
  const twins: { place: number; original: Deal; first: number }[] = [];
  const takenBack = new Map<number, number>();
  for (const [place, request] of open.entries()) {
    if (request === null) continue;
    const original = await originalOf(tx, request, named, takenBack);
    try {
      const deal = planDeal(request, { merchant: merchantOf(request, merchants), original }, now);
      const first = original === null ? undefined : takenBack.get(original.id);
      if (first !== undefined) {
        // The first cancel of this deal is in the same batch: it has no id yet to be named by.
        twins.push({ place, original: original!, first });
        continue;
      }
      if (original !== null) takenBack.set(original.id, accepted.length);
      accepted.push({ place, deal });
    } catch (error) {
      results[place] = { ok: false, error };
    }
  }
  const recorded = await writeDeals(tx, outbox, accepted, requests, now);
  for (const [index, { place }] of accepted.entries()) {
    results[place] = { ok: true, value: { deal: recorded[index]!, replayed: false } };
  }
  for (const { place, original, first } of twins) {
    results[place] = { ok: false, error: alreadyCancelled(original.id, recorded[first]!.id) };
  }
  return results as Result[];
}

/** In the order of the batch: each request sees what those before it have taken back. */
async function originalOf(
  tx: Transaction,
  request: DealRequest,
  named: ReadonlyMap<number, Deal>,
  takenBack: ReadonlyMap<number, number>,
): Promise<Deal | null> {
  if (request.kind === 'cancel') return named.get(request.originalDealId) ?? null;
  if (request.kind !== 'cancelNewest') return null;
  return findNewestOriginal(tx, request, takenBack.keys());
}

/** The merchant at whom a save or use is made; null: none is known, or it is a cancel. */
export function merchantOf(
  request: DealRequest,
  merchants: ReadonlyMap<number, Merchant>,
): Merchant | null {
  const isFirst = request.kind === 'save' || request.kind === 'use';
  return isFirst ? (merchants.get(request.merchantId) ?? null) : null;
}

interface Accepted {
  readonly place: number;
  readonly deal: NewDeal;
}

async function writeDeals(
  tx: Transaction,
  outbox: Outbox,
  accepted: readonly Accepted[],
  requests: readonly KeyedRequest[],
  now: number,
): Promise<Deal[]> {
  if (accepted.length === 0) return [];
  const { ids } = await tx.insertRows(
    'deal',
    accepted.map(({ deal }) => dealRow(deal)),
  );
  const deals = accepted.map(({ deal }, index): Deal => ({ ...deal, id: ids[index]! }));
  nameCancels(tx, deals);
  const claims = accepted.flatMap(({ place }, index) => {
    const { key } = requests[place]!;
    return key === null ? [] : [{ claim: key, subjectId: ids[index]! }];
  });
  claimKeysLater(tx, claims, now);
  const told = deals.flatMap((deal, index) => {
    const { origin } = requests[accepted[index]!.place]!;
    return deal.status === 'success' ? [{ ...eventOfSuccess(deal), origin }] : [];
  });
  if (told.length > 0) await outbox.append(tx, told);
  return deals;
}

/** Writes into each original which deal has cancelled it. */
function nameCancels(tx: Transaction, deals: readonly Deal[]): void {
  const cancels = deals.filter(({ originalDealId }) => originalDealId !== null);
  if (cancels.length === 0) return;
  const originals = tx.inList(cancels.map(({ originalDealId }) => originalDealId!));
  tx.later.execute(
    `UPDATE deal SET cancelled_by_deal_id = CASE id ${'WHEN ? THEN ? '.repeat(cancels.length)}END
     WHERE id IN ${originals.sql}`,
    [...cancels.flatMap(({ id, originalDealId }) => [originalDealId, id]), ...originals.params],
  );
}

/** The merchants that a batch needs to know. */
export function merchantIdsOf(requests: readonly DealRequest[]): number[] {
  return requests.flatMap((request) =>
    request.kind === 'save' || request.kind === 'use' ? [request.merchantId] : [],
  );
}

function keysOf(requests: readonly KeyedRequest[]): RequestKey[] {
  return requests.flatMap(({ key }) => (key === null ? [] : [key]));
}
