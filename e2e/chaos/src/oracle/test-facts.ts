import type { Attempt } from '../load/history.ts';
import type { DealRow, EntryRow, Facts } from './facts.ts';

type Writable<Part> = { -readonly [Name in keyof Part]: Part[Name] };

/** Facts that a test may falsify. */
export type FakeFacts = { -readonly [Name in keyof Facts]: Writable<Facts[Name][number]>[] };

const MEMBER = 1;
const MERCHANT = 20;

function dealOf(id: number, type: string, point: number, more: Partial<DealRow> = {}): DealRow {
  return {
    id,
    type,
    point,
    member_id: MEMBER,
    merchant_id: MERCHANT,
    deal_amount: 1_000 + id,
    status: 'success',
    fail_reason: null,
    point_status: 'applied',
    billing_status: 'no',
    original_deal_id: null,
    cancelled_by_deal_id: null,
    earn_charge_bps: 0,
    commission_bps: 200,
    ...more,
  };
}

function entryOf(cause_id: number, kind: string, delta: number, after: number): EntryRow {
  return {
    cause: 'deal',
    cause_id,
    member_id: MEMBER,
    kind,
    outcome: 'applied',
    reason: null,
    delta,
    balance_after: after,
    sequence: cause_id + 1,
  };
}

/** A member who saved 100, used 30, used 20 and had that cancelled; the first use is settled. */
export function soundFacts(): FakeFacts {
  const deals = [
    dealOf(1, 'save', 100),
    dealOf(2, 'use', 30, { billing_status: 'yes' }),
    dealOf(3, 'use', 20, { cancelled_by_deal_id: 4 }),
    dealOf(4, 'useCancel', 20, { original_deal_id: 3, deal_amount: 1_003 }),
  ];
  const entries = [
    entryOf(1, 'save', 100, 100),
    entryOf(2, 'use', -30, 70),
    entryOf(3, 'use', -20, 50),
    entryOf(4, 'useCancel', 20, 70),
  ];
  const lines = deals.slice(1).map((deal, place) => ({
    billing_id: 1,
    place: place + 1,
    deal_id: deal.id,
    member_id: MEMBER,
    type: deal.type,
    point: deal.point,
    commission_bps: 200,
    earn_charge_bps: 0,
  }));
  const run = { id: 1, billing_id: 1, run_no: 1, first_place: 1, last_place: 1, deal_count: 1 };
  const amounts = { net_points: 30, commission: 0, billing_amount: 30, net_amount: 30 };
  return {
    members: [{ id: MEMBER, status: 'valid' }],
    accounts: [{ member_id: MEMBER, balance: 70, status: 'open', sequence: 5 }],
    entries,
    waiting: [],
    deals,
    lines,
    billings: [
      {
        id: 1,
        merchant_id: MERCHANT,
        line_count: 3,
        settled_through: 1,
        run_count: 1,
        net_amount: 30,
      },
    ],
    runs: [{ ...run, ...amounts }],
    shownDeals: deals.map((deal) => ({
      ...deal,
      deal_id: deal.id,
      point_outcome: 'applied',
    })),
    shownBalances: [{ member_id: MEMBER, sequence: 0, balance: 0, closed_at: null }],
    shownEntries: entries.map(({ delta, balance_after, sequence }) => ({
      member_id: MEMBER,
      sequence: sequence!,
      delta,
      balance: balance_after!,
    })),
    shownMembers: [{ member_id: MEMBER, joined_at: 1, withdrawn_at: null }],
    shownTotals: [0, MERCHANT].flatMap((merchant_id) => [
      totalOf(merchant_id, 'save', 1, 1_001, 100),
      totalOf(merchant_id, 'use', 2, 2_005, 50),
      totalOf(merchant_id, 'useCancel', 1, 1_003, 20),
    ]),
    shownDeferred: [],
  };
}

function totalOf(
  merchant_id: number,
  type: string,
  deals: number,
  deal_amount: number,
  point: number,
) {
  return { merchant_id, type, deals, deal_amount, point, failed_deals: 0 };
}

/** What the clients saw of it: each first deal was asked for once, under a key. */
export function soundAttempts(): Writable<Attempt>[] {
  return soundFacts()
    .deals.filter(({ type }) => type === 'save' || type === 'use')
    .map((deal) => ({
      intent: deal.type === 'use' ? ('use' as const) : ('save' as const),
      operation: `op-${deal.id}`,
      key: `key-${deal.id}`,
      method: 'POST',
      path: '/deals',
      body: { dealAmount: deal.deal_amount },
      at: 0,
      tookMs: 1,
      end: 'ok' as const,
      status: 201,
      code: null,
      retryAfter: null,
      isReplay: false,
      answer: {
        id: deal.id,
        memberId: deal.member_id,
        type: deal.type,
        point: deal.point,
        status: 'success',
        failReason: null,
        pointStatus: 'applied',
      },
    }));
}
