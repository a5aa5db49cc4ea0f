import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dealReadView, problem } from '@onepoint/contracts';
import { failedLife, pointChanged, saveLife, useLife } from '../spec/lives.ts';
import { startDashboard } from '../spec/running-dashboard.ts';
import type { RunningDashboard } from '../spec/running-dashboard.ts';
import { NOON, iso, said } from '../spec/said.ts';
import * as answers from './answers.ts';

let dashboard: RunningDashboard;
const [used, saved, failed] = [useLife(0), saveLife(1), failedLife(2)];
const [usedId, useCancelId] = used.dealIds;

beforeAll(async () => {
  dashboard = await startDashboard();
  await dashboard.hearAll([...used.events, ...saved.events.slice(0, 4), ...failed.events]);
});

afterAll(() => dashboard.stop());

async function json(path: string): Promise<Record<string, unknown>> {
  const response = await dashboard.get(path);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return (await response.json()) as Record<string, unknown>;
}

describe('the view of a deal', () => {
  it('has the fields of the seed and no others', async () => {
    const view = await json(`/billingAmountViews/${usedId}`);
    expect(view).toEqual({
      id: usedId,
      memberId: used.memberId,
      merchantId: used.merchantId,
      dealDate: iso(NOON),
      type: 'use',
      point: 100,
      billingStatus: 'yes',
      memberStatus: 'withdrawn',
    });
  });

  it.each([
    ['a failed deal', String(failed.dealIds[0])],
    ['an unknown deal', '999'],
    ['a deal of which only other facts were heard', '555'],
  ])('does not exist of %s', async (_what, id) => {
    await dashboard.hear(
      said('billing.settled.v1', 8, {
        ...{ billingId: 8, runId: 8, merchantId: 20, billingMonth: '202610' },
        ...{ settledAt: iso(NOON), chunk: 1, chunks: 1, dealIds: [555] },
      }),
    );
    const response = await dashboard.get(`/billingAmountViews/${id}`);
    expect(problem.parse(await response.json())).toMatchObject({
      status: 404,
      code: 'VIEW_NOT_FOUND',
    });
  });

  it('takes the id as the seed writes it', async () => {
    expect(await json(`/billingAmountViews/000${usedId}`)).toMatchObject({ id: usedId });
  });

  it('shows a withdrawal on all deals of the member at once', async () => {
    const { memberId } = saved;
    const before = await json(`/api/deals?memberId=${memberId}`);
    expect(before).toMatchObject({ items: [{ memberStatus: 'valid' }] });
    const withdrawnAt = iso(NOON);
    await dashboard.hear(said('member.withdrawn.v1', memberId, { memberId, withdrawnAt }));
    const after = await json(`/billingAmountViews?memberId=${memberId}`);
    expect(after).toMatchObject({ items: [{ memberStatus: 'withdrawn' }] });
  });
});

describe('what operators are shown', () => {
  it.each([
    ['deals', `/api/deals?merchantId=${used.merchantId}`, answers.dealsAnswer],
    ['a deal', `/api/deals/${usedId}`, answers.dealAnswer],
    ['a failed deal', `/api/deals/${failed.dealIds[0]}`, answers.dealAnswer],
    ['failed deals', '/api/deals?status=fail', answers.dealsAnswer],
    ['deferred deals', '/api/deferred', answers.dealsAnswer],
    ['a member', `/api/members/${used.memberId}`, answers.memberAnswer],
    ['a history', `/api/members/${used.memberId}/history`, answers.historyAnswer],
    ['merchants', '/api/merchants', answers.merchantsAnswer],
    ['totals', '/api/totals?from=2026-11-01&to=2026-11-30', answers.totalsAnswer],
    ['settlements', '/api/settlements?billingMonth=202611', answers.settlementsAnswer],
    ['the freshness', '/api/freshness', answers.freshnessView],
    ['views', '/billingAmountViews', answers.viewsPage],
    ['a view', `/billingAmountViews/${usedId}`, dealReadView],
  ])('%s are as the documents say', async (_what, path, schema) => {
    const answer = await json(path);
    expect(schema.strict().parse(answer)).toEqual(answer);
  });

  it('successes alone, unless failures are asked for', async () => {
    const of = `merchantId=${failed.merchantId}`;
    expect(await json(`/api/deals?${of}`)).toMatchObject({ items: [] });
    expect(await json(`/api/deals?${of}&status=fail`)).toMatchObject({
      items: [{ status: 'fail', failReason: 'POINT_UNAVAILABLE', pointStatus: null }],
    });
  });

  it('the cancelled deal with the one that cancelled it', async () => {
    expect(await json(`/api/deals/${usedId}`)).toMatchObject({ cancelledByDealId: useCancelId });
    expect(await json(`/api/deals/${useCancelId}`)).toMatchObject({ originalDealId: usedId });
  });

  it('a deferred deal with its reason', async () => {
    expect(await json('/api/deferred')).toMatchObject({
      items: [{ id: saved.dealIds[0], pointStatus: 'deferred', pointReason: 'MEMBER_UNKNOWN' }],
    });
  });

  it('the balance and history of a member who left', async () => {
    expect(await json(`/api/members/${used.memberId}`)).toMatchObject({
      status: 'withdrawn',
      account: { point: 0, available: 0, status: 'closed' },
    });
    expect(await json(`/api/members/${used.memberId}/history`)).toMatchObject({
      items: [
        { kind: 'extinguish', delta: -100, dealId: null },
        { kind: 'useCancel', delta: 100 },
      ],
    });
  });

  it('the balance after the newest change, in whatever order the changes and the opening came', async () => {
    const change = (sequence: number, balance: number) =>
      pointChanged(77, 7_000 + sequence, 'save', sequence, {
        ...{ outcome: 'applied', reason: null, delta: 10, balance },
      });
    const opened = said('point.account-opened.v1', 77, { memberId: 77, openedAt: iso(NOON) });
    const account = async () => (await json('/api/members/77'))['account'];
    await dashboard.hear(change(3, 20));
    expect(await account()).toMatchObject({ point: 20, status: 'open' });
    await dashboard.hear(change(2, 10));
    await dashboard.hear(opened);
    expect(await account()).toMatchObject({ point: 20, updatedAt: iso(NOON + 3) });
    await dashboard.hear(change(4, 30));
    expect(await account()).toMatchObject({ point: 30, updatedAt: iso(NOON + 4) });
  });

  it('a settlement that is complete, and one that waits for a deal', async () => {
    const complete = await json(`/api/settlements?merchantId=${used.merchantId}`);
    expect(complete).toMatchObject({
      items: [{ deals: 2, usedPoints: 100, cancelledPoints: 100, netPoints: 0, complete: true }],
    });
    const waiting = await json('/api/settlements?merchantId=20&billingMonth=202610');
    expect(waiting).toMatchObject({ items: [{ deals: 1, usedPoints: 0, complete: false }] });
  });

  it('how fresh it all is', async () => {
    const freshness = { lastEventAt: iso(NOON + 9), lagMs: expect.any(Number) };
    expect(await json('/api/freshness')).toMatchObject(freshness);
    expect(await json('/api/merchants')).toMatchObject({ freshness });
  });
});
