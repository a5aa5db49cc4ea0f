import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DealPlace } from './testing/deal-place.ts';
import type { Answer } from './testing/deal-place.ts';

const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const codeOf = ({ status, body }: Answer): unknown => body['code'] ?? status;

describe.each(['sqlite', 'mysql'] as const)('deals on %s', (dialect) => {
  let place: DealPlace;
  /** A member of its own for each test, with 1,000 points. */
  let member = 0;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    for (const id of [20, 21]) await place.ask('POST', '/merchants', { id, name: `shop ${id}` });
  });
  afterAll(() => place.remove());
  beforeEach(() => {
    member += 1;
    place.point.balances.set(member, 1_000);
  });

  const save = (dealAmount = 10_000) => ({
    ...{ type: 'save', memberId: member, merchantId: 20, dealAmount },
  });
  const use = (point: number) => ({ ...save(), type: 'use', point });
  const cancel = (dealAmount = 10_000) => ({ ...save(dealAmount), type: 'cancel' });
  const idOf = async (body: unknown): Promise<number> => {
    const answer = await place.deal(body);
    expect(answer.status).toBe(201);
    return Number(answer.body['id']);
  };

  it('are taken in the seed’s spelling and give its results', async () => {
    const seed = { memberId: `000${member}`, merchantId: '20' };
    const saved = await place.deal({ ...seed, dealAmount: '100000', type: 'save' });
    expect([saved.status, saved.body]).toEqual([
      201,
      {
        ...{ id: expect.any(Number), memberId: member, merchantId: 20, type: 'save' },
        ...{ dealAmount: 100_000, point: 1_000, status: 'success', failReason: null },
        ...{ pointStatus: 'applied', pointReason: null, billingStatus: 'no' },
        ...{ originalDealId: null, cancelledByDealId: null, dealDate: iso },
      },
    ]);
    const cancelled = await place.deal({ ...seed, dealAmount: '100000', type: 'cancel' });
    expect(cancelled.body).toMatchObject({
      ...{ type: 'saveCancel', point: 1_000, status: 'success', pointStatus: 'applied' },
      originalDealId: saved.body['id'],
    });
    const used = await place.deal({ ...seed, dealAmount: '10000', type: 'use', point: ' 200' });
    expect(used.body).toMatchObject({ point: 200, status: 'success', pointStatus: 'applied' });
    const tooMuch = await place.deal({ ...seed, dealAmount: '10000', type: 'use', point: '10000' });
    expect([tooMuch.status, tooMuch.body]).toMatchObject([
      201,
      { status: 'fail', failReason: 'INSUFFICIENT_POINTS', point: 10_000, pointStatus: null },
    ]);
    expect(place.point.balances.get(member)).toBe(800);
    expect(await place.get(saved.body['id'])).toMatchObject({
      cancelledByDealId: cancelled.body['id'],
    });
  });

  it('say what happened, once each, when it is certain', async () => {
    const [saved, used] = [await idOf(save()), await idOf(use(100))];
    const back = await idOf({ ...cancel(), originalDealId: used });
    const refused = await idOf(use(5_000));
    expect(await place.eventOf(saved)).toMatchObject({
      ...{ type: 'deal.saved', sequence: 1 },
      data: { dealId: saved, memberId: member, point: 100, earnRateBps: 100, commissionBps: 200 },
    });
    expect(await place.eventOf(used)).toMatchObject({ type: 'deal.used', data: { point: 100 } });
    expect(await place.eventOf(back)).toMatchObject({
      type: 'deal.use-cancelled',
      data: { dealId: back, originalDealId: used, originalDealDate: iso },
    });
    expect(await place.eventOf(refused)).toMatchObject({
      type: 'deal.failed',
      data: { type: 'use', failReason: 'INSUFFICIENT_POINTS', debit: 'refused' },
    });
  });

  it('are not found where nothing like them exists', async () => {
    expect(codeOf(await place.ask('POST', '/deals/987654321/cancel'))).toBe('DEAL_NOT_FOUND');
    expect(codeOf(await place.ask('GET', '/deals/987654321'))).toBe('DEAL_NOT_FOUND');
    expect(codeOf(await place.deal({ ...save(), merchantId: 99 }))).toBe('MERCHANT_NOT_FOUND');
    expect(codeOf(await place.deal({ ...use(1), merchantId: 99 }))).toBe('MERCHANT_NOT_FOUND');
  });

  it('of a member whom Point does not know: a use fails, a save is deferred', async () => {
    place.point.balances.delete(member);
    expect((await place.deal(use(1))).body).toMatchObject({
      ...{ status: 'fail', failReason: 'MEMBER_UNKNOWN' },
    });
    const saved = await place.deal(save());
    expect(saved.body).toMatchObject({ pointStatus: 'deferred', pointReason: 'MEMBER_UNKNOWN' });
    expect(await place.get(saved.body['id'])).toMatchObject({ pointReason: 'MEMBER_UNKNOWN' });
  });

  it('keep the terms they were made under', async () => {
    await place.ask('POST', '/merchants', { id: 700 + member, name: 'own', earnRateBps: 500 });
    const mine = { ...save(), merchantId: 700 + member };
    const before = await place.deal(mine);
    await place.ask('PATCH', `/merchants/${700 + member}`, { earnRateBps: '0' });
    const after = await place.deal(mine);
    expect([before.body['point'], after.body['point']]).toEqual([500, 0]);
    const back = await idOf({ ...mine, type: 'cancel', originalDealId: before.body['id'] });
    expect(await place.eventOf(back)).toMatchObject({ data: { point: 500, earnRateBps: 500 } });
  });

  it('are listed by every filter, newest first, page by page', async () => {
    const ids: number[] = [];
    for (let deal = 0; deal < 5; deal += 1) ids.push(await idOf(save()));
    const [failed, used] = [await idOf(use(90_000)), await idOf({ ...use(1), merchantId: 21 })];
    const list = async (query: string): Promise<number[]> => {
      const { status, body } = await place.ask('GET', `/deals?memberId=${member}&${query}`);
      expect(status).toBe(200);
      return (body['items'] as { id: number }[]).map(({ id }) => id);
    };
    const newestFirst = ids.toReversed();
    expect(await list('')).toEqual([used, failed, ...newestFirst]);
    expect(await list('type=save')).toEqual(newestFirst);
    expect(await list('status=fail')).toEqual([failed]);
    expect(await list('merchantId=21')).toEqual([used]);
    const { dealDate } = await place.get(ids[2]);
    const at = encodeURIComponent(String(dealDate));
    expect(await list(`from=${at}`)).toEqual(expect.arrayContaining([ids[2], ids[3]]));
    expect(await list(`to=${at}`)).not.toContain(ids[2]);
    expect(await list('from=2020-01-01T00:00:00%2B09:00&to=2020-01-02T00:00:00Z')).toEqual([]);
    const seen: number[] = [];
    let cursor: unknown = null;
    do {
      const after = cursor === null ? '' : `&cursor=${String(cursor)}`;
      const { body } = await place.ask('GET', `/deals?memberId=${member}&limit=3${after}`);
      seen.push(...(body['items'] as { id: number }[]).map(({ id }) => id));
      cursor = body['nextCursor'];
    } while (cursor !== null);
    expect(seen).toEqual([used, failed, ...newestFirst]);
  });

  it('turn their billing status when they are settled, once or twice', async () => {
    const [settled, other] = [await idOf(use(1)), await idOf(use(1))];
    const run = { ...{ billingId: 1, runId: 1, merchantId: 20, billingMonth: '202611' } };
    for (let time = 0; time < 2; time += 1) {
      await place.hear('billing.settled.v1', 'billing/1', {
        ...{ ...run, settledAt: '2026-11-23T03:00:00.000Z', chunk: 1, chunks: 1 },
        dealIds: [settled, 999_999_999],
      });
    }
    expect(await place.get(settled)).toMatchObject({ billingStatus: 'yes' });
    expect(await place.get(other)).toMatchObject({ billingStatus: 'no' });
  });
});
