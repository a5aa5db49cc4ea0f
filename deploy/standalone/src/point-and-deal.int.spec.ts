import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PointAndDeal, until } from './testing/point-and-deal.ts';
import type { Answer } from './testing/point-and-deal.ts';

interface Line {
  readonly cause: string;
  readonly causeId: number;
  readonly kind: string;
  readonly outcome: string;
  readonly delta: number;
}

describe.each(['sqlite', 'mysql'] as const)('Point and Deal together, on %s,', (dialect) => {
  let both: PointAndDeal;
  /** A member of its own for each test. */
  let member = 0;
  beforeAll(async () => {
    both = new PointAndDeal(dialect);
    await both.start();
    await both.register(20);
  });
  afterAll(() => both.remove());
  beforeEach(async () => {
    member += 1;
    [both.way.delayMs, both.way.losesOneOf] = [0, 0];
    await both.member(member, 'created');
  });

  const save = (dealAmount = 100_000) => ({
    ...{ type: 'save', memberId: member, merchantId: 20, dealAmount },
  });
  const use = (point: number) => ({ ...save(10_000), type: 'use', point });
  const linesOf = (dealId: unknown): Promise<Line[]> =>
    both.rows<Line>(
      'point',
      `SELECT cause, cause_id AS causeId, kind, outcome, delta FROM ledger_entry
       WHERE cause <> 'withdrawal' AND cause_id = ${Number(dealId)} ORDER BY sequence`,
    );

  it('give the seed’s scenario its results', async () => {
    const seed = { memberId: `000${member}`, merchantId: 20 };
    await both.deal({ ...seed, dealAmount: 100_000, type: 'save' });
    expect(await both.points(member)).toBe(1_000);
    await both.deal({ ...seed, dealAmount: 100_000, type: 'cancel' });
    expect(await both.points(member)).toBe(0);
    await both.deal({ ...seed, dealAmount: 100_000, type: 'save' });
    await both.deal({ ...seed, dealAmount: 10_000, type: 'use', point: ' 200' });
    await both.deal({ ...seed, dealAmount: 10_000, type: 'use', point: ' 200' });
    expect(await both.points(member)).toBe(600);
    const tooMuch = await both.deal({ ...seed, type: 'use', point: '10000' });
    expect(tooMuch.body).toMatchObject({ status: 'fail', failReason: 'INSUFFICIENT_POINTS' });
    expect(await both.points(member)).toBe(600);
  });

  it('go on without Point: uses fail at once, the rest is accepted and applied once it is back', async () => {
    const [saved, used] = [await both.deal(save()), await both.deal(use(300))];
    await both.stopPoint();
    const failed = await both.deal(use(1));
    expect([failed.status, failed.body['code']]).toEqual([503, 'POINT_UNAVAILABLE']);
    const later = [
      await both.deal(save(5_000)),
      await both.cancel(used.body['id']),
      await both.cancel(saved.body['id']),
    ];
    expect(later.map(({ status, body }) => [status, body['pointStatus']])).toEqual(
      Array(3).fill([201, 'deferred']),
    );
    await both.startPoint();
    await until('the deals say so', async () => {
      const deals = await Promise.all(later.map(({ body }) => both.get(body['id'])));
      return deals.every(({ pointStatus }) => pointStatus === 'applied');
    });
    await both.settled();
    expect(await both.points(member)).toBe(50);
    for (const { body } of later) expect(await linesOf(body['id'])).toHaveLength(1);
    expect(await both.get(failed.body['dealId'])).toMatchObject({ status: 'fail' });
  });

  it('undo a use whose answer was lost after Point had taken the points', async () => {
    await both.deal(save());
    both.way.losesOneOf = 1;
    const { status, body } = await both.deal(use(400));
    expect(status).toBe(503);
    await both.settled();
    expect(await both.points(member)).toBe(1_000);
    const lines = (await linesOf(body['dealId'])).map(({ kind, delta }) => [kind, delta]);
    expect(lines).toEqual([
      ['use', -400],
      ['reversal', 400],
    ]);
  });

  it('refuse a use that reaches Point only after Deal has given it up', async () => {
    await both.deal(save());
    both.way.delayMs = 1_500;
    const { status, body } = await both.deal(use(400));
    expect(status).toBe(503);
    await both.settled();
    expect(await both.points(member)).toBe(1_000);
    const lines = (await linesOf(body['dealId'])).map(({ kind, outcome }) => [kind, outcome]);
    expect(lines).toEqual([['use', 'tombstone']]);
  });

  it('void what is cancelled after its member has left, and tell the deal', async () => {
    const saved = await both.deal(save());
    await both.member(member, 'withdrawn');
    const { status, body } = await both.cancel(saved.body['id']);
    expect([status, body]).toMatchObject([
      ...[201, { status: 'success', pointStatus: 'void', pointReason: 'MEMBER_WITHDRAWN' }],
    ]);
    expect(await both.points(member)).toBe(0);
    const refused = await both.deal(use(1));
    expect(refused.body).toMatchObject({ status: 'fail', failReason: 'MEMBER_WITHDRAWN' });
  });

  it('apply a save of a member whom Point hears of later', async () => {
    member += 1;
    const { body } = await both.deal(save());
    expect(body).toMatchObject({ pointStatus: 'deferred', pointReason: 'MEMBER_UNKNOWN' });
    await both.member(member, 'created');
    await until('the deal says so', async () => {
      return (await both.get(body['id']))['pointStatus'] === 'applied';
    });
    expect(await both.points(member)).toBe(1_000);
  });

  it('keep their promises through lost and late answers, under mixed load (P1, P2, P3)', async () => {
    await both.deal(save());
    both.way.losesOneOf = 3;
    const told: Answer[] = [];
    for (let round = 0; round < 4; round += 1) {
      both.way.delayMs = round === 2 ? 900 : 0;
      const answers = await Promise.all([
        ...Array.from({ length: 12 }, () => both.deal(use(60))),
        ...Array.from({ length: 4 }, () => both.deal(save(2_000))),
      ]);
      told.push(...answers);
      const succeeded = answers.filter(({ body }) => body['status'] === 'success').slice(0, 4);
      told.push(...(await Promise.all(succeeded.map(({ body }) => both.cancel(body['id'])))));
    }
    both.way.delayMs = 0;
    await both.settled();
    expect(told.filter(({ status }) => status !== 201 && status !== 503)).toEqual([]);
    let sum = 0;
    const deals = await both.rows<{
      id: number;
      type: string;
      status: string;
      pointStatus: string;
    }>(
      'deal',
      `SELECT id, type, status, point_status AS pointStatus FROM deal WHERE member_id = ${member}`,
    );
    for (const { id, type, status, pointStatus } of deals) {
      const moved = (await linesOf(id)).map(({ delta }) => delta);
      const net = moved.reduce((total, delta) => total + delta, 0);
      sum += net;
      expect([id, status]).toEqual([id, expect.stringMatching(/^(success|fail)$/)]);
      if (status === 'fail') expect([id, type, net]).toEqual([id, 'use', 0]);
      else expect([id, pointStatus, moved.length]).toEqual([id, 'applied', 1]);
    }
    expect(await both.points(member)).toBe(sum);
    for (const { status, body } of told) {
      const deal = await both.get(body['id'] ?? body['dealId']);
      expect(deal['status']).toBe(status === 503 ? 'fail' : body['status']);
    }
  });
});
