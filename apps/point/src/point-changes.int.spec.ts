import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dealSays, memberSays } from './testing/events.ts';
import { PointPlace } from './testing/point-place.ts';
import { until } from './testing/until.ts';

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

describe.each(['sqlite', 'mysql'] as const)('points on %s', (dialect) => {
  let place: PointPlace;
  /** A member of its own for each test; the members next to it are unknown to Point. */
  let member = 0;
  beforeAll(async () => {
    place = new PointPlace(dialect);
    await place.start();
  });
  afterAll(() => place.remove());
  beforeEach(async () => {
    member += 10;
    await place.hear(memberSays.created(member));
  });

  const deal = (id: number, point: number, memberId = member) => ({
    dealId: member * 1_000 + id,
    memberId,
    point,
  });
  const save = (...of: Parameters<typeof deal>) => ({ kind: 'save', ...deal(...of) });
  const use = (...of: Parameters<typeof deal>) => ({ kind: 'use', ...deal(...of) });
  const dealId = (id: number) => deal(id, 0).dealId;
  const show = async (memberId = member) => (await place.ask('GET', `/points/${memberId}`)).body;
  const decrease = (body: unknown) => place.ask('POST', '/pointDecrease', body);
  const increase = (body: unknown) => place.ask('POST', '/pointIncrease', body);
  const give = async (point: number, id = 900) => {
    expect((await increase(save(id, point))).body).toMatchObject({ outcome: 'applied' });
  };

  it('begin with nothing, and are not found before the member is known', async () => {
    expect(await show()).toEqual({
      ...{ memberId: member, point: 0, available: 0, status: 'open' },
      updatedAt: expect.any(String),
    });
    const unknown = await place.ask('GET', `/points/${member + 1}`);
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'POINT_ACCOUNT_NOT_FOUND']);
    const history = await place.ask('GET', `/points/${member + 1}/entries`);
    expect([history.status, history.body['code']]).toEqual([404, 'POINT_ACCOUNT_NOT_FOUND']);
  });

  it('are drained exactly by 64 uses at once', async () => {
    await give(320);
    const answers = await times(64, (index) => decrease(use(index + 1, 10)));
    expect(answers.filter(({ body }) => body['outcome'] === 'applied')).toHaveLength(32);
    expect(answers.filter(({ body }) => body['reason'] === 'INSUFFICIENT_POINTS')).toHaveLength(32);
    expect(await place.balance(member)).toBe(0);
    const applied = (await place.entries(member)).filter(({ outcome }) => outcome === 'applied');
    expect(applied).toHaveLength(33);
  });

  it('move once for one deal, asked twice and 16 times at once, with the same answer', async () => {
    await give(100);
    const first = await decrease(use(7, 60));
    expect(first.body).toEqual({
      dealId: dealId(7),
      outcome: 'applied',
      reason: null,
      balance: 40,
    });
    expect((await decrease(use(7, 60))).body).toEqual(first.body);
    const refused = await decrease(use(8, 41));
    await give(1_000, 901);
    expect((await decrease(use(8, 41))).body).toEqual(refused.body);
    const many = await times(16, () => decrease(use(9, 5)));
    expect(new Set(many.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await place.balance(member)).toBe(1_035);
    expect(
      (await place.entries(member)).filter(({ causeId }) => causeId === dealId(9)),
    ).toHaveLength(1);
  });

  it('move once when many changes come in one request, twins among them', async () => {
    await give(100);
    const changes = [use(1, 60), use(1, 60), use(2, 60), save(3, 30), use(4, 70)];
    const { status, body } = await place.ask('POST', '/pointChanges', { changes, budgetMs: 5_000 });
    expect(status).toBe(200);
    expect(body['answers']).toMatchObject([
      { dealId: dealId(1), outcome: 'applied', balance: 40 },
      { dealId: dealId(1), outcome: 'applied', balance: 40 },
      { dealId: dealId(2), outcome: 'refused', reason: 'INSUFFICIENT_POINTS', balance: 40 },
      { dealId: dealId(3), outcome: 'applied', balance: 70 },
      { dealId: dealId(4), outcome: 'applied', balance: 0 },
    ]);
  });

  it('wait for a member who is not known yet, and are applied when the sign-up comes', async () => {
    expect((await increase(save(1, 50, member + 1))).body).toEqual({
      dealId: dealId(1),
      outcome: 'waiting',
      reason: 'MEMBER_UNKNOWN',
      balance: null,
    });
    await place.hear(dealSays.saved(deal(1, 50, member + 1)));
    const cancel = {
      kind: 'saveCancel',
      ...deal(2, 50, member + 1),
      originalDealId: dealId(1),
    };
    expect((await decrease(cancel)).body['outcome']).toBe('waiting');
    expect((await decrease(use(3, 1, member + 1))).body['reason']).toBe('MEMBER_UNKNOWN');
    await place.hear(dealSays.saved(deal(4, 7, member + 1)), memberSays.created(member + 1));
    await place.settled();
    expect(await place.balance(member + 1)).toBe(7);
    const { changes } = place.replica();
    const outcomes = (id: number) =>
      changes.filter(({ data }) => data.dealId === dealId(id)).map(({ data }) => data.outcome);
    await until('the others have heard', () => outcomes(2).includes('applied'));
    expect(outcomes(1).at(0)).toBe('waiting');
    expect(outcomes(1).filter((outcome) => outcome === 'applied')).toHaveLength(1);
  });

  it('cancel in whatever order the cancel and its save come', async () => {
    const cancelled = dealSays.saveCancelled(deal(2, 50), dealId(1));
    await place.hear(cancelled, cancelled);
    expect(await place.balance(member)).toBe(0);
    await place.hear(dealSays.saved(deal(1, 50)));
    await place.settled();
    expect(await place.balance(member)).toBe(0);
    expect((await place.entries(member)).map(({ delta }) => delta)).toEqual([50, -50]);
  });

  it('go below zero when a save is cancelled whose points were spent, and are filled up again', async () => {
    await give(100);
    await decrease(use(1, 80));
    await place.hear(dealSays.saveCancelled(deal(2, 100), dealId(900)));
    expect(await show()).toMatchObject({ point: -80, available: 0 });
    expect((await decrease(use(3, 1))).body['reason']).toBe('INSUFFICIENT_POINTS');
    await give(50, 901);
    expect(await show()).toMatchObject({ point: -30, available: 0 });
    await give(50, 902);
    expect(await show()).toMatchObject({ point: 20, available: 20 });
    expect((await decrease(use(4, 20))).body['outcome']).toBe('applied');
  });

  it('are extinguished when the member leaves; then uses are refused and cancels void', async () => {
    await give(100);
    await decrease(use(1, 30));
    await place.hear(memberSays.withdrawn(member), memberSays.withdrawn(member));
    expect(await show()).toMatchObject({ point: 0, status: 'closed' });
    expect((await decrease(use(2, 1))).body).toMatchObject({
      outcome: 'refused',
      reason: 'MEMBER_WITHDRAWN',
    });
    await place.hear(
      dealSays.saved(deal(3, 9)),
      dealSays.useCancelled(deal(4, 30), dealId(1)),
      dealSays.saveCancelled(deal(5, 100), dealId(900)),
      memberSays.created(member),
    );
    expect(await place.balance(member)).toBe(0);
    const lines = (await place.entries(member)).map(({ kind, outcome, delta }) => [
      kind,
      outcome,
      delta,
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        ['extinguish', 'applied', -70],
        ['save', 'void', 0],
        ['useCancel', 'void', 0],
        ['saveCancel', 'void', 0],
      ]),
    );
  });

  it('are nobody’s when the withdrawal overtakes the sign-up', async () => {
    await place.hear(memberSays.withdrawn(member + 1));
    await place.hear(memberSays.created(member + 1));
    expect(await show(member + 1)).toMatchObject({ point: 0, status: 'closed' });
  });

  it('show their history newest first, page by page', async () => {
    for (let id = 1; id <= 5; id += 1) await increase(save(id, id));
    const seen: unknown[] = [];
    let cursor: unknown = null;
    do {
      const query = cursor === null ? '' : `&cursor=${String(cursor)}`;
      const { body } = await place.ask('GET', `/points/${member}/entries?limit=2${query}`);
      const items = body['items'] as { dealId: number; balance: number }[];
      seen.push(...items.map((item) => [item.dealId - dealId(0), item.balance]));
      cursor = body['nextCursor'];
    } while (cursor !== null);
    expect(seen).toEqual([
      [5, 15],
      [4, 10],
      [3, 6],
      [2, 3],
      [1, 1],
    ]);
  });
});
