import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventDataOf } from '@onepoint/contracts';
import { RecoverPending } from './commands/recover-pending.ts';
import { DealPlace } from './testing/deal-place.ts';
import type { PointManner } from './testing/scripted-point.ts';
import { until } from './testing/until.ts';

describe.each(['sqlite', 'mysql'] as const)('deals while Point is not itself, on %s', (dialect) => {
  let place: DealPlace;
  let member = 0;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start({ DEAL_USE_BUDGET_MS: '600', DEAL_DIRECT_BUDGET_MS: '400' });
    await place.ask('POST', '/merchants', { id: 20, name: 'shop' });
  });
  afterAll(() => place.remove());
  beforeEach(async () => {
    member += 1;
    place.point.balances.set(member, 1_000);
    place.point.manner = 'answers';
    place.point.delayMs = 0;
  });

  const save = () => ({
    ...{ type: 'save', memberId: member, merchantId: 20, dealAmount: 10_000 },
  });
  const use = (point = 100) => ({ ...save(), type: 'use', point });
  const changed = (
    dealId: unknown,
    kind: EventDataOf<'point.changed.v1'>['kind'],
    outcome: 'applied' | 'void' | 'waiting',
    reason: string | null = null,
  ) =>
    place.hear('point.changed.v1', `point/${member}`, {
      ...{ memberId: member, dealId: Number(dealId), kind, outcome, reason },
      ...{ delta: 0, balance: null, changedAt: '2026-11-23T03:00:00.000Z' },
    });

  const manners: [PointManner, boolean][] = [
    ['hangs', false],
    ['fails', false],
    ['cuts-before-effect', false],
    ['cuts-after-effect', true],
    ['talks-nonsense', false],
    ['decides-nothing', false],
  ];
  it.each(manners)('a use fails at once when Point %s, and is to be undone', async (manner) => {
    place.point.manner = manner;
    const { status, body, headers } = await place.deal(use());
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(body).toMatchObject({ code: 'POINT_UNAVAILABLE', dealId: expect.any(Number) });
    expect(await place.get(body['dealId'])).toMatchObject({
      ...{ status: 'fail', failReason: 'POINT_UNAVAILABLE', pointStatus: null },
    });
    expect(await place.eventOf(body['dealId'])).toMatchObject({
      type: 'deal.failed',
      data: { dealId: body['dealId'], memberId: member, point: 100, debit: 'unknown' },
    });
  });

  it('a use is answered within its budget though Point comes to it later', async () => {
    place.point.delayMs = 900;
    const { status, body } = await place.deal(use());
    expect([status, body['code']]).toEqual([503, 'POINT_UNAVAILABLE']);
    expect(place.point.balances.get(member)).toBe(1_000);
    await until('Point has debited after all', () => place.point.balances.get(member) === 900);
    expect(await place.eventOf(body['dealId'])).toMatchObject({ data: { debit: 'unknown' } });
    expect(await place.get(body['dealId'])).toMatchObject({ status: 'fail' });
  });

  it('a use that nobody could be asked about has nothing to be undone', async () => {
    await place.point.stop();
    const { status, body } = await place.deal(use());
    await place.point.start();
    expect(status).toBe(503);
    expect(await place.eventOf(body['dealId'])).toMatchObject({ data: { debit: 'not-sent' } });
  });

  it('a save and every cancel are accepted and follow later', async () => {
    const [saved, used] = [await place.deal(save()), await place.deal(use())];
    await place.point.stop();
    const later = await place.deal(save());
    const cancels = await Promise.all([
      place.ask('POST', `/deals/${saved.body['id'] as number}/cancel`),
      place.ask('POST', `/deals/${used.body['id'] as number}/cancel`),
    ]);
    await place.point.start();
    for (const { status, body } of [later, ...cancels]) {
      expect([status, body['status'], body['pointStatus']]).toEqual([201, 'success', 'deferred']);
      expect((await place.eventOf(body['id'])).subject).toBe(`deal/${body['id'] as number}`);
    }
    await changed(later.body['id'], 'save', 'applied');
    expect(await place.get(later.body['id'])).toMatchObject({
      ...{ pointStatus: 'applied', pointReason: null },
    });
    await changed(cancels[0]?.body['id'], 'saveCancel', 'void', 'MEMBER_WITHDRAWN');
    expect(await place.get(cancels[0]?.body['id'])).toMatchObject({
      ...{ pointStatus: 'void', pointReason: 'MEMBER_WITHDRAWN', status: 'success' },
    });
  });

  it('a save that Point is slow about is answered as deferred', async () => {
    place.point.delayMs = 700;
    const { status, body } = await place.deal(save());
    expect([status, body['pointStatus']]).toEqual([201, 'deferred']);
  });

  it('news of points that overtake each other end with what is final', async () => {
    place.point.balances.delete(member);
    const { body } = await place.deal(save());
    const [id, kind] = [body['id'], 'save'] as const;
    await Promise.all([
      changed(id, kind, 'waiting', 'MEMBER_UNKNOWN'),
      changed(id, kind, 'applied'),
    ]);
    await changed(id, kind, 'waiting', 'MEMBER_UNKNOWN');
    await changed(id, kind, 'void', 'MEMBER_WITHDRAWN');
    expect(await place.get(id)).toMatchObject({ pointStatus: 'applied', pointReason: null });
  });

  it('news of a use or its reversal change no deal', async () => {
    const { body } = await place.deal(use());
    await changed(body['id'], 'use', 'void', 'DEAL_FAILED');
    await changed(body['id'], 'reversal', 'applied');
    expect(await place.get(body['id'])).toEqual(body);
  });

  /** A use as a crash leaves it. */
  const leavePending = async (ageMs: number): Promise<number> => {
    const { body } = await place.deal(use());
    await place.inDatabase((tx) =>
      tx.execute(
        "UPDATE deal SET status = 'pending', point_status = NULL, deal_date = ? WHERE id = ?",
        [Date.now() - ageMs, body['id']],
      ),
    );
    return Number(body['id']);
  };

  it('recovery fails what a crash left pending, once, and leaves the young alone', async () => {
    const [old, young] = [await leavePending(60_000), await leavePending(0)];
    const recovery = place.replica().service.app.get(RecoverPending);
    await Promise.all([recovery.sweep(), recovery.sweep(), recovery.sweep()]);
    expect(await place.get(old)).toMatchObject({ status: 'fail', failReason: 'POINT_UNAVAILABLE' });
    expect(await place.get(young)).toMatchObject({ status: 'pending' });
    const failure = await place.eventOf(old, 'deal.failed');
    expect(failure).toMatchObject({ data: { debit: 'unknown' } });
    const told = await place.inDatabase((tx) =>
      tx.query<{ events: string }>('SELECT events FROM outbox'),
    );
    const failures = told.flatMap(
      ({ events }) => JSON.parse(events) as { type: string; subject: string }[],
    );
    const mine = failures.filter(
      ({ type, subject }) => type === 'deal.failed' && subject === `deal/${old}`,
    );
    expect(mine).toHaveLength(1);
  });
});
