import type { DealType, EventDataOf } from '@onepoint/contracts';
import { NOON, iso, said } from './said.ts';
import type { Said } from './said.ts';

/** A life that the tests tell in many orders, and its ids: no two lives share any. */
export interface Life {
  readonly memberId: number;
  readonly merchantId: number;
  /** The deal and the one that cancels it. */
  readonly dealIds: readonly [number, number];
  readonly runId: number;
  readonly events: readonly Said[];
}

const terms = { earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 };

/** Ids of the n-th life (from 0). */
function idsOf(n: number) {
  return {
    memberId: 1_000_000 + n,
    merchantId: 2_000_000 + n,
    dealIds: [3_000_001 + 2 * n, 3_000_002 + 2 * n] as const,
    runId: 4_000_000 + n,
  };
}

/** Whether a value is one of the ids that lives are given. */
export function isIdOfLife(value: unknown): boolean {
  return typeof value === 'number' && value >= 1_000_000 && value < 5_000_000;
}

/** What Deal says of a success. */
export function dealFact(
  memberId: number,
  merchantId: number,
  dealId: number,
  more: Partial<EventDataOf<'deal.used.v1'>> = {},
): EventDataOf<'deal.used.v1'> {
  const facts = { dealAmount: 10_000, point: 100, dealDate: iso(NOON) };
  return { dealId, memberId, merchantId, ...facts, ...terms, ...more };
}

/** A use of member 1 at merchant 20. */
export function use(dealId: number, point = 100): Said {
  return said('deal.used.v1', dealId, dealFact(1, 20, dealId, { point }));
}

/** A save of member 1 at merchant 20. */
export function save(dealId: number, point = 100): Said {
  return said('deal.saved.v1', dealId, dealFact(1, 20, dealId, { point }));
}

/** One of three parts of a run of merchant 20. */
export function settled(runId: number, chunk: number, dealIds: number[]): Said {
  return said('billing.settled.v1', 7, {
    ...{ billingId: 7, runId, merchantId: 20, billingMonth: '202611' },
    ...{ settledAt: iso(NOON), chunk, chunks: 3, dealIds },
  });
}

/** What Point says when it has decided about a deal. */
export function pointChanged(
  memberId: number,
  dealId: number,
  kind: DealType | 'reversal',
  sequence: number,
  end: Pick<EventDataOf<'point.changed.v1'>, 'outcome' | 'reason' | 'delta' | 'balance'>,
): Said {
  const changedAt = iso(NOON + sequence);
  return said(
    'point.changed.v1',
    memberId,
    { memberId, dealId, kind, changedAt, ...end },
    { sequence, at: NOON + sequence },
  );
}

/** A use that is cancelled and settled; its member leaves. */
export function useLife(n: number): Life {
  const { memberId, merchantId, dealIds, runId } = idsOf(n);
  const [used, cancelled] = dealIds;
  const cancel = { originalDealId: used, originalDealDate: iso(NOON) };
  const run = { billingId: runId, runId, merchantId, billingMonth: '202611' };
  return {
    ...{ memberId, merchantId, dealIds, runId },
    events: [
      said('deal.used.v1', used, dealFact(memberId, merchantId, used)),
      said('deal.use-cancelled.v1', cancelled, {
        ...dealFact(memberId, merchantId, cancelled),
        ...cancel,
      }),
      pointChanged(memberId, cancelled, 'useCancel', 3, {
        ...{ outcome: 'applied', reason: null, delta: 100, balance: 100 },
      }),
      said('billing.settled.v1', runId, {
        ...run,
        ...{ settledAt: iso(NOON), chunk: 1, chunks: 1, dealIds: [used, cancelled] },
      }),
      said('member.withdrawn.v1', memberId, { memberId, withdrawnAt: iso(NOON + 9) }),
      said(
        'point.extinguished.v1',
        memberId,
        { memberId, point: 100, extinguishedAt: iso(NOON + 9) },
        { sequence: 4, at: NOON + 9 },
      ),
    ],
  };
}

/** A save that waits for its member, is applied, and is cancelled after its points were spent. */
export function saveLife(n: number): Life {
  const { memberId, merchantId, dealIds, runId } = idsOf(n);
  const [saved, cancelled] = dealIds;
  const cancel = { originalDealId: saved, originalDealDate: iso(NOON) };
  const waits = { outcome: 'waiting', reason: 'MEMBER_UNKNOWN', delta: 0, balance: null } as const;
  return {
    ...{ memberId, merchantId, dealIds, runId },
    events: [
      said('member.created.v1', memberId, { memberId, joinedAt: iso(NOON - 9) }),
      said(
        'point.account-opened.v1',
        memberId,
        { memberId, openedAt: iso(NOON - 8) },
        { sequence: 1, at: NOON - 8 },
      ),
      said('deal.saved.v1', saved, dealFact(memberId, merchantId, saved)),
      pointChanged(memberId, saved, 'save', 0, waits),
      pointChanged(memberId, saved, 'save', 2, {
        ...{ outcome: 'applied', reason: null, delta: 100, balance: 100 },
      }),
      said('deal.save-cancelled.v1', cancelled, {
        ...dealFact(memberId, merchantId, cancelled),
        ...cancel,
      }),
      pointChanged(memberId, cancelled, 'saveCancel', 3, {
        ...{ outcome: 'applied', reason: null, delta: -100, balance: -50 },
      }),
    ],
  };
}

/** A use that failed without Point knowing: its debit was made, and is given back. */
export function failedLife(n: number): Life {
  const { memberId, merchantId, dealIds, runId } = idsOf(n);
  const [failed] = dealIds;
  const facts = { dealAmount: 10_000, point: 100, dealDate: iso(NOON) };
  const failure = { type: 'use', failReason: 'POINT_UNAVAILABLE', debit: 'unknown' } as const;
  return {
    ...{ memberId, merchantId, dealIds, runId },
    events: [
      said('deal.failed.v1', failed, {
        ...{ dealId: failed, memberId, merchantId },
        ...facts,
        ...failure,
      }),
      pointChanged(memberId, failed, 'use', 2, {
        ...{ outcome: 'applied', reason: null, delta: -100, balance: 0 },
      }),
      pointChanged(memberId, failed, 'reversal', 3, {
        ...{ outcome: 'applied', reason: null, delta: 100, balance: 100 },
      }),
      said('merchant.registered.v1', merchantId, merchantFact(merchantId, 'Old Name')),
      said('merchant.updated.v1', merchantId, merchantFact(merchantId, 'New Name'), {
        ...{ sequence: 1, at: NOON + 1 },
      }),
    ],
  };
}

function merchantFact(merchantId: number, name: string): EventDataOf<'merchant.registered.v1'> {
  return { merchantId, name, ...terms, keys: [] };
}

/** All orders of a list. */
export function ordersOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, at) =>
    ordersOf(items.toSpliced(at, 1)).map((rest) => [first, ...rest]),
  );
}
