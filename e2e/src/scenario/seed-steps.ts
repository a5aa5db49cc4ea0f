import type { Json } from '../running/doors.ts';
import { deal, dealIs, join, noView, points, view } from './seed-calls.ts';
import type { Step } from './step.ts';

/** 0: two people join. */
const joining: readonly Step[] = [
  join(
    '안서연 joins',
    { name: '안서연', phone: '01011111111', address: '용인시 기흥구 구갈동' },
    1,
  ),
  join('김준혁 joins', { name: '김준혁', phone: '0102223111', address: '경기도 하남시' }, 2),
  {
    say: 'the first member can be looked up',
    method: 'GET',
    service: 'member',
    path: '/members/1',
    status: 200,
    has: { id: 1, name: '안서연', phone: '01011111111', address: '용인시 기흥구 구갈동' },
  },
  points('1', 0),
  points('2', 0),
];

/** 1: 100,000 won earn 1,000 points, and are cancelled. */
const savedAndCancelled: readonly Step[] = [
  deal(
    'a purchase of 100000 earns 1000',
    { dealAmount: '100000', type: 'save' },
    { id: 1, type: 'save', status: 'success', point: 1_000, memberId: 1, merchantId: 20 },
  ),
  points('0001', 1_000),
  dealIs(1, { point: 1_000, status: 'success', dealAmount: 100_000 }),
  deal(
    'the purchase is cancelled without naming it',
    { dealAmount: '100000', type: 'cancel' },
    { id: 2, type: 'saveCancel', status: 'success', originalDealId: 1 },
  ),
  points('0001', 0),
  dealIs(2, { status: 'success', point: 1_000, originalDealId: 1 }),
  dealIs(1, { cancelledByDealId: 2 }),
];

/**
 * 2 to 4: a use of 100, a use of too much, another purchase. The seed uses points at once, but after the
 * cancel nothing is left to use: one purchase is added before, and ids are one higher than in the seed.
 */
const used: readonly Step[] = [
  deal(
    'a purchase, added so that there is something to use',
    { dealAmount: '100000', type: 'save' },
    { id: 3, point: 1_000 },
  ),
  deal(
    '100 points are used',
    { dealAmount: '10000', type: 'use', point: '100' },
    { id: 4, type: 'use', status: 'success', failReason: null, point: 100, pointStatus: 'applied' },
  ),
  points('0001', 900),
  dealIs(4, { point: 100, status: 'success', billingStatus: 'no' }),
  view('the use has a view', 4, {
    memberId: 1,
    merchantId: 20,
    type: 'use',
    point: 100,
    billingStatus: 'no',
    memberStatus: 'valid',
  }),
  deal(
    '10000 points cannot be used',
    { dealAmount: '10000', type: 'use', point: '10000' },
    { id: 5, status: 'fail', failReason: 'INSUFFICIENT_POINTS', point: 10_000 },
  ),
  points('0001', 900),
  dealIs(5, { point: 10_000, status: 'fail', failReason: 'INSUFFICIENT_POINTS' }),
  deal('another purchase', { dealAmount: '100000', type: 'save' }, { id: 6, point: 1_000 }),
  points('0001', 1_900),
  dealIs(6, { point: 1_000 }),
  view('a later deal has a view', 6, { type: 'save' }),
  noView(5),
];

/** 5: the second member earns 1,000 and uses 200 twice. */
const second = { memberId: '0002' };
const secondMember: readonly Step[] = [
  deal(
    'the second member buys',
    { ...second, dealAmount: '100000', type: 'save' },
    { id: 7, memberId: 2 },
  ),
  ...[8, 9].map((id) =>
    deal(
      `the second member uses " 200" (deal ${id})`,
      { ...second, dealAmount: '10000', type: 'use', point: ' 200' },
      { id, memberId: 2, status: 'success', point: 200 },
    ),
  ),
  dealIs(8, { point: 200 }),
  dealIs(9, { point: 200 }),
  points('0002', 600),
  view('both uses have views', 8, { point: 200 }),
  view('both uses have views, the second one too', 9, { point: 200 }),
];

/** 6: what the seed asks of settlement, for the month in which the deals are. */
function settled(month: string): readonly Step[] {
  const settle = (say: string, merchant: Json, status: number, has: Json): Step => ({
    say,
    method: 'POST',
    service: 'billing',
    path: '/billings',
    json: { ...merchant, billingMonth: month },
    status,
    has,
  });
  const at20 = { mercharntId: '20' };
  const whole = { merchantId: 20, netPoints: 500, commission: 10, billingAmount: 490 };
  const at30 = { merchantId: '30', memberId: '0002' };
  const small = { merchantId: 30, netPoints: 100, commission: 2, billingAmount: 98 };
  const heard = (merchantId: number, useCount: number): Step => ({
    say: `Billing has heard of all uses at merchant ${merchantId}`,
    method: 'GET',
    service: 'billing',
    path: `/billings/reconciliation?merchantId=${merchantId}&billingMonth=${month}`,
    status: 200,
    isMet: (body) => usesIn(body) === useCount,
    eventually: true,
  });
  return [
    heard(20, 3),
    settle('merchant 20 is settled: 500 less 2 %', at20, 201, { ...whole, usedPoints: 500 }),
    settle('settled again, it is the same', at20, 200, { ...whole, runs: [{ dealCount: 3 }] }),
    view('the use is settled', 4, { billingStatus: 'yes', memberStatus: 'valid' }),
    view('the other uses are settled', 9, { billingStatus: 'yes' }),
    { ...dealIs(4, { billingStatus: 'yes' }), eventually: true },
    deal(
      'merchant 30 takes 100 points',
      { ...at30, dealAmount: '10000', type: 'use', point: '100' },
      { id: 10, merchantId: 30, status: 'success' },
    ),
    view('that use has a view', 10, { merchantId: 30, billingStatus: 'no' }),
    heard(30, 1),
    settle('merchant 30 is settled: 100 less 2 %', { mercharntId: '30' }, 201, small),
    settle('settled again, it is 98 still', { mercharntId: '30' }, 200, small),
  ];
}

/** How many uses of the one merchant that was asked for are in Billing's books. */
function usesIn(body: Json): number | undefined {
  const items = body['items'] as { billing: { useCount: number } }[] | undefined;
  return items?.[0]?.billing.useCount;
}

/** 7: the first member leaves: all views say so, and what was left is extinguished. */
const left: readonly Step[] = [
  {
    say: 'the first member leaves',
    method: 'DELETE',
    service: 'member',
    path: '/members/1',
    status: 200,
    has: { id: 1, status: 'withdrawn', name: null, phone: null, address: null, email: null },
  },
  ...[1, 2, 3, 4, 6].map((id) =>
    view(`view ${id} says that the member has left`, id, { memberStatus: 'withdrawn' }),
  ),
  view('the settled view stays settled', 4, { billingStatus: 'yes' }),
  view('the other member is still valid', 8, { memberStatus: 'valid' }),
  { ...points('1', 0), has: { point: 0, available: 0, status: 'closed' } },
  points('2', 500),
  noView(5),
];

/** The seed's REST scenario with every value spelled as there, from empty storage. */
export function seedSteps(month: string): readonly Step[] {
  return [...joining, ...savedAndCancelled, ...used, ...secondMember, ...settled(month), ...left];
}
