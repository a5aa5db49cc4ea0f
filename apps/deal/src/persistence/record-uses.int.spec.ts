import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DealBook } from '../domain/deal-book.ts';
import type { Deal } from '../domain/deal.ts';
import type { DealRequest } from '../domain/deal-request.ts';
import { MerchantBook } from '../domain/merchant-book.ts';
import { DealPlace } from '../testing/deal-place.ts';

const NOW = Date.parse('2026-11-23T03:00:00.000Z');
const TOMORROW = Date.parse('2026-11-23T15:00:00.000Z');
const endOfTomorrow = TOMORROW + 24 * 3_600_000;

describe.each(['sqlite', 'mysql'] as const)('uses at known merchants on %s', (dialect) => {
  let place: DealPlace;
  let [book, other]: DealBook[] = [];
  let merchants: MerchantBook;
  let member = 0;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    await place.start();
    book = place.replica(0).service.app.get(DealBook);
    other = place.replica(1).service.app.get(DealBook);
    merchants = place.replica(1).service.app.get(MerchantBook);
  });
  afterAll(() => place.remove());

  let [shop, another]: number[] = [];
  beforeEach(async () => {
    member += 1;
    [shop, another] = [await register(), await register()];
    // From now on the first replica knows both of them.
    await record([use(shop), use(another)]);
  });

  const register = async (): Promise<number> => {
    const wish = { name: 'shop', terms: {}, day: null };
    return (await merchants.register(null, wish, null, NOW)).merchant.id;
  };
  const commission = (commissionBps: number, day: 'now' | 'tomorrow'): Promise<unknown> =>
    merchants.update(
      shop!,
      {
        terms: { commissionBps },
        day: day === 'now' ? null : { name: day, startMs: TOMORROW, endMs: endOfTomorrow },
      },
      NOW,
    );
  const use = (merchantId: number | undefined, point = 10): DealRequest => ({
    ...{ kind: 'use', memberId: member, merchantId: merchantId!, dealAmount: 0, point },
  });
  const record = async (
    requests: readonly DealRequest[],
    { keys = [], at = NOW }: { keys?: string[]; at?: number } = {},
  ): Promise<(Deal & { replayed: boolean })[]> => {
    const batch = requests.map((request, place) => ({
      request,
      key:
        keys[place] === undefined
          ? null
          : { caller: 'merchant:20', key: `${member} ${keys[place]}`, fingerprint: 'f' },
    }));
    return (await book!.record(batch, at)).map((result) => {
      if (!result.ok) throw result.error;
      return { ...result.value.deal, replayed: result.value.replayed };
    });
  };
  const changeBehind = (set: string): Promise<unknown> =>
    place.inDatabase((tx) =>
      Promise.all([
        tx.execute('UPDATE merchant_terms SET commission_bps = 777 WHERE merchant_id = ?', [shop]),
        tx.execute(`UPDATE merchant SET ${set} WHERE id = ?`, [shop]),
      ]),
    );

  it('trust what they know for as long as the merchant’s sequence stands', async () => {
    await changeBehind('sequence = sequence');
    expect((await record([use(shop)]))[0]?.commissionBps).toBe(200);
    await changeBehind('sequence = sequence + 1');
    expect((await record([use(shop)]))[0]?.commissionBps).toBe(777);
  });

  it('are on the terms that another replica has set meanwhile', async () => {
    await commission(345, 'now');
    expect((await record([use(another), use(shop)])).map((deal) => deal.commissionBps)).toEqual([
      200, 345,
    ]);
  });

  it('are on terms that begin later from that instant on', async () => {
    await commission(456, 'tomorrow');
    const at = async (instant: number): Promise<number | undefined> =>
      (await record([use(shop)], { at: instant }))[0]?.commissionBps;
    expect([await at(NOW), await at(TOMORROW - 1), await at(TOMORROW)]).toEqual([200, 200, 456]);
    expect(await at(NOW)).toBe(200);
  });

  it('keep the end that recovery gave one of them, and give the others theirs', async () => {
    const [late, punctual] = await record([use(shop, 1), use(shop, 2)]);
    const failed = { status: 'fail', failReason: 'POINT_UNAVAILABLE', debit: 'unknown' } as const;
    await other!.end([{ deal: late!, end: failed, key: null }], NOW);
    const ended = await book!.end(
      [late!, punctual!].map((deal) => ({ deal, end: { status: 'success' }, key: null })),
      NOW,
    );
    expect(ended.map(({ status, failReason }) => [status, failReason])).toEqual([
      ['fail', 'POINT_UNAVAILABLE'],
      ['success', null],
    ]);
    expect((await book!.find(late!.id))?.status).toBe('fail');
  });

  it('say the end of each once', async () => {
    const [deal] = await record([use(shop)]);
    const end = { deal: deal!, end: { status: 'success' } as const, key: null };
    const [first, second, third] = [
      ...(await book!.end([end, end], NOW)),
      ...(await book!.end([end], NOW)),
    ];
    expect([first?.status, second?.status, third?.status]).toEqual(Array(3).fill('success'));
    const rows = await place.inDatabase((tx) =>
      tx.query<{ events: string }>('SELECT events FROM outbox WHERE events LIKE ?', [
        `%"deal/${deal!.id}"%`,
      ]),
    );
    expect(rows).toHaveLength(1);
  });

  // Last of all: after a key that came again, batches look at everything for a while.
  it('are recorded as they are read back, each under its own id and key', async () => {
    const recorded = await record([use(shop, 1), use(another, 2), use(shop, 3)], {
      keys: ['a', 'b', 'c'],
    });
    for (const { replayed: _, ...deal } of recorded) {
      expect(await book!.find(deal.id)).toEqual(deal);
    }
    expect(recorded.map(({ point }) => point)).toEqual([1, 2, 3]);
    await book!.end(
      recorded.map((deal) => ({ deal, end: { status: 'success' }, key: null })),
      NOW,
    );
    const again = await record([use(another, 2), use(shop, 3)], { keys: ['b', 'c'] });
    expect(again.map(({ id, replayed }) => [id, replayed])).toEqual(
      recorded.slice(1).map(({ id }) => [id, true]),
    );
  });

  it('are recorded although one of them has come before, which is answered as such', async () => {
    const [first] = await record([use(shop, 1)], { keys: ['a'] });
    await book!.end([{ deal: first!, end: { status: 'success' }, key: null }], NOW);
    const batch = await record([use(shop, 2), use(shop, 1)], { keys: ['b', 'a'] });
    expect(batch.map(({ point, replayed }) => [point, replayed])).toEqual([
      [2, false],
      [1, true],
    ]);
  });
});
