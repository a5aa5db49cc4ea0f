import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '@onepoint/platform';
import { DealPlace } from './testing/deal-place.ts';
import type { Answer } from './testing/deal-place.ts';
import { until } from './testing/until.ts';

/** Noon of 23 November in Seoul, and the midnight that ends that day. */
const NOON = Date.parse('2026-11-23T03:00:00.000Z');
const MIDNIGHT = Date.parse('2026-11-23T15:00:00.000Z');
const DAY_MS = 86_400_000;

const codeOf = ({ status, body }: Answer): unknown => body['code'] ?? status;

describe.each(['sqlite', 'mysql'] as const)('the terms of a merchant on %s', (dialect) => {
  let place: DealPlace;
  let merchantId = 100;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    place.point.balances.set(1, 1_000_000);
  });
  afterAll(() => place.remove());
  beforeEach(async () => {
    at(NOON);
    merchantId += 1;
    const own = { id: merchantId, name: 'mill', earnRateBps: 300, commissionBps: 210 };
    expect(codeOf(await place.ask('POST', '/merchants', own))).toBe(201);
  });

  function at(now: number): void {
    Object.assign(place.replica().service.app.get(Clock), { now: () => now });
  }
  const change = (wish: object): Promise<Answer> =>
    place.ask('PATCH', `/merchants/${merchantId}`, wish);
  const merchant = async () => (await place.ask('GET', `/merchants/${merchantId}`)).body;
  const versions = async (query = '') => {
    const { body } = await place.ask('GET', `/merchants/${merchantId}/terms${query}`);
    return body as { items: Record<string, unknown>[]; nextCursor: string | null };
  };
  /** The points of a purchase of 10,000 won: the earn rate of its moment. */
  const earned = async (now: number): Promise<unknown> => {
    at(now);
    const save = { type: 'save', memberId: 1, merchantId, dealAmount: 10_000 };
    return (await place.deal(save)).body['point'];
  };

  it('change at midnight in Seoul, to the millisecond, when they are for a later day', async () => {
    const changed = await change({ earnRateBps: 500, validFrom: '2026-11-24' });
    expect([changed.status, changed.body['earnRateBps']]).toEqual([200, 300]);
    expect(await earned(NOON + 1)).toBe(300);
    expect(await earned(MIDNIGHT - 1)).toBe(300);
    expect(await merchant()).toMatchObject({ earnRateBps: 300 });
    expect(await earned(MIDNIGHT)).toBe(500);
    expect(await merchant()).toMatchObject({ earnRateBps: 500, commissionBps: 210 });
  });

  it('are carried by each deal of a month in which they change, and by its cancel', async () => {
    await change({ commissionBps: 150, earnChargeBps: 40, validFrom: '2026-11-24' });
    const use = { type: 'use', memberId: 1, merchantId, dealAmount: 5_000, point: 100 };
    const before = await place.deal(use);
    at(MIDNIGHT);
    const after = await place.deal(use);
    const back = await place.ask('POST', `/deals/${String(before.body['id'])}/cancel`);
    const dataOf = async ({ body }: Answer) => (await place.eventOf(body['id'])).data;
    expect(await dataOf(before)).toMatchObject({ commissionBps: 210, earnChargeBps: 0 });
    expect(await dataOf(after)).toMatchObject({ commissionBps: 150, earnChargeBps: 40 });
    expect(await dataOf(back)).toMatchObject({ commissionBps: 210, earnChargeBps: 0 });
  });

  it('are those written last when two versions begin on the same day', async () => {
    await change({ earnRateBps: 500, validFrom: '2026-11-24' });
    await change({ earnRateBps: 700, validFrom: '2026-11-24' });
    expect(await earned(MIDNIGHT)).toBe(700);
    await change({ earnRateBps: 800 });
    await change({ earnRateBps: 900, validFrom: '2026-11-24' });
    expect(await earned(MIDNIGHT)).toBe(900);
  });

  it('change now unless a day is named, and “today” is now', async () => {
    expect((await change({ earnRateBps: 400 })).body).toMatchObject({ earnRateBps: 400 });
    at(NOON + 1_000);
    const today = await change({ earnRateBps: 600, validFrom: '2026-11-23' });
    expect(today.body).toMatchObject({ earnRateBps: 600 });
    const [newest] = (await versions()).items;
    expect(newest).toMatchObject({
      ...{ validFrom: new Date(NOON + 1_000).toISOString(), validFromDay: '2026-11-23' },
      inForce: true,
    });
  });

  it('change in the order of writing even if a clock is behind', async () => {
    await change({ earnRateBps: 400 });
    at(NOON - 5_000);
    await change({ earnRateBps: 600 });
    expect(await earned(NOON)).toBe(600);
  });

  it('stay as they would be then where nothing else is said', async () => {
    await change({ earnRateBps: 500, validFrom: '2026-11-25' });
    await change({ commissionBps: 100, validFrom: '2026-11-26' });
    await change({ commissionBps: 0, validFrom: '2026-11-24' });
    at(MIDNIGHT);
    expect(await merchant()).toMatchObject({ earnRateBps: 300, commissionBps: 0 });
    at(MIDNIGHT + DAY_MS);
    expect(await merchant()).toMatchObject({ earnRateBps: 500, commissionBps: 210 });
    at(MIDNIGHT + 2 * DAY_MS);
    expect(await merchant()).toMatchObject({ earnRateBps: 500, commissionBps: 100 });
  });

  it('are the usual ones until a new merchant’s own begin', async () => {
    merchantId += 1;
    const later = { id: merchantId, name: 'new', earnRateBps: 900, validFrom: '2026-11-24' };
    const made = await place.ask('POST', '/merchants', later);
    expect([made.status, made.body]).toMatchObject([201, { earnRateBps: 100 }]);
    expect(await earned(NOON)).toBe(100);
    expect(await earned(MIDNIGHT)).toBe(900);
  });

  it('never begin in the past', async () => {
    const yesterday = { earnRateBps: 1, validFrom: '2026-11-22' };
    const refused = await change(yesterday);
    expect([refused.status, codeOf(refused)]).toEqual([422, 'TERMS_IN_PAST']);
    expect(codeOf(await place.ask('POST', '/merchants', { name: 'x', ...yesterday }))).toBe(
      'TERMS_IN_PAST',
    );
    at(MIDNIGHT);
    expect(codeOf(await change({ earnRateBps: 1, validFrom: '2026-11-23' }))).toBe('TERMS_IN_PAST');
    expect((await versions()).items).toHaveLength(1);
  });

  it('are told to the others as they are in force, whatever is written for later', async () => {
    await change({ earnRateBps: 500, validFrom: '2026-11-24' });
    const told = () =>
      [...place.said.values()].filter(({ subject }) => subject === `merchant/${merchantId}`);
    await until('both changes are told', () => told().length === 2);
    expect(told().map(({ data }) => data)).toEqual(
      Array.from({ length: 2 }, () => expect.objectContaining({ merchantId, earnRateBps: 300 })),
    );
  });

  it('are listed version by version, newest first, page by page', async () => {
    await change({ earnRateBps: 500, validFrom: '2026-11-24' });
    await change({ commissionBps: 100 });
    const first = await versions('?limit=2');
    const second = await versions(`?cursor=${first.nextCursor}`);
    const midnight = new Date(MIDNIGHT).toISOString();
    expect([...first.items, ...second.items]).toMatchObject([
      { merchantId, earnRateBps: 300, commissionBps: 100, inForce: true },
      { earnRateBps: 500, validFrom: midnight, validFromDay: '2026-11-24', inForce: false },
      { earnRateBps: 300, commissionBps: 210, writtenAt: new Date(NOON).toISOString() },
    ]);
    expect(second.nextCursor).toBeNull();
    expect(codeOf(await place.ask('GET', '/merchants/999999/terms'))).toBe('MERCHANT_NOT_FOUND');
  });
});
