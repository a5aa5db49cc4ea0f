import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DealPlace } from './testing/deal-place.ts';
import type { Answer } from './testing/deal-place.ts';
import { until } from './testing/until.ts';

const codeOf = ({ status, body }: Answer): unknown => body['code'] ?? status;

describe.each(['sqlite', 'mysql'] as const)('a net cancel on %s', (dialect) => {
  let place: DealPlace;
  let member = 0;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    await place.ask('POST', '/merchants', { id: 20, name: 'shop' });
  });
  afterAll(() => place.remove());
  beforeEach(() => {
    member += 1;
    place.point.balances.set(member, 1_000);
    place.point.manner = 'answers';
  });

  const keyOf = (name: string) => `${name} ${member}`;
  const save = () => ({
    ...{ type: 'save', memberId: member, merchantId: 20, dealAmount: 10_000 },
  });
  const use = () => ({ ...save(), type: 'use', point: 100 });
  const takeBack = (name: string) =>
    place.ask('POST', '/deals/cancel-by-key', { idempotencyKey: keyOf(name) });
  const balance = () => place.point.balances.get(member);

  it('takes back a use and a save that had arrived, and says the same when asked again', async () => {
    for (const body of [use(), save()]) {
      const made = await place.deal(body, keyOf(body.type));
      const first = await takeBack(body.type);
      expect(first.status).toBe(200);
      expect(first.body).toMatchObject({
        outcome: 'cancelled',
        deal: { type: `${body.type}Cancel`, originalDealId: made.body['id'], point: 100 },
      });
      const again = await takeBack(body.type);
      expect((again.body['deal'] as { id: number }).id).toBe(
        (first.body['deal'] as { id: number }).id,
      );
    }
    expect(balance()).toBe(1_000);
  });

  it('before the request arrives keeps it from ever arriving', async () => {
    expect((await takeBack('late')).body).toEqual({ outcome: 'not-arrived', deal: null });
    for (const body of [use(), save()]) {
      expect(codeOf(await place.deal(body, keyOf('late')))).toBe('DEAL_CANCELLED_BEFORE_ARRIVAL');
    }
    expect((await takeBack('late')).body).toEqual({ outcome: 'not-arrived', deal: null });
    expect(balance()).toBe(1_000);
  });

  it('refuses the request when it is sent again after it was taken back', async () => {
    await place.deal(use(), keyOf('again'));
    await takeBack('again');
    expect((await place.deal(use(), keyOf('again'))).status).toBe(410);
    expect(balance()).toBe(1_000);
  });

  it('of a failed use changes nothing and says so', async () => {
    const refused = await place.deal({ ...use(), point: 5_000 }, keyOf('poor'));
    const { body } = await takeBack('poor');
    expect(body).toMatchObject({ outcome: 'failed', deal: { id: refused.body['id'] } });
  });

  it('fails a use that Point has not answered yet, and has its debit undone', async () => {
    place.point.manner = 'hangs';
    const slow = place.deal(use(), keyOf('slow'));
    await until('the use is pending', async () => {
      const { body } = await place.ask('GET', `/deals?memberId=${member}&status=pending`);
      return (body['items'] as unknown[]).length === 1;
    });
    const { body } = await takeBack('slow');
    expect(body).toMatchObject({
      outcome: 'failed',
      deal: { status: 'fail', failReason: 'CANCELLED_BY_TERMINAL' },
    });
    const event = await place.eventOf((body['deal'] as { id: number }).id);
    expect(event).toMatchObject({ type: 'deal.failed', data: { debit: 'unknown' } });
    place.point.manner = 'answers';
    expect((await slow).status).not.toBe(500);
    expect((await place.deal(use(), keyOf('slow'))).status).toBe(410);
  });

  it('racing its request leaves nothing standing, whoever is first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `race ${round}`;
      const [made, undone] = await Promise.all([place.deal(use(), keyOf(name)), takeBack(name)]);
      expect(undone.status).toBe(200);
      expect([201, 410]).toContain(made.status);
      expect((await place.deal(use(), keyOf(name))).status).toBe(410);
    }
    const { body } = await place.ask('GET', `/deals?memberId=${member}&limit=200`);
    const standing = (body['items'] as Record<string, unknown>[]).filter(
      (deal) =>
        deal['type'] === 'use' &&
        deal['status'] === 'success' &&
        deal['cancelledByDealId'] === null,
    );
    expect(standing).toEqual([]);
  });

  it('does not cancel a cancel', async () => {
    const made = await place.deal(save());
    const headers = { 'idempotency-key': keyOf('cancel') };
    await place.ask('POST', `/deals/${String(made.body['id'])}/cancel`, undefined, headers);
    expect(codeOf(await takeBack('cancel'))).toBe('DEAL_NOT_CANCELLABLE');
  });

  it('needs a key that could have been sent', async () => {
    for (const idempotencyKey of [undefined, '', ' blank', 'é', 'x'.repeat(256), 7]) {
      const answer = await place.ask('POST', '/deals/cancel-by-key', { idempotencyKey });
      expect([answer.status, codeOf(answer)]).toEqual([400, 'INVALID_REQUEST']);
    }
  });
});
