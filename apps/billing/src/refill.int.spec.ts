import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const dealDate = '2026-11-23T03:00:00.000Z';

/** What Deal's journal tells of a use, or of another deal that is no line. */
function told(dealId: number, type = 'deal.used', more: Record<string, unknown> = {}) {
  const terms = { earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 };
  const fact = { dealId, memberId: 1, merchantId: 20, dealAmount: 10_000, point: 100, dealDate };
  const id = randomUUID();
  return {
    ...{ id, type, version: 1, source: 'deal', subject: `deal/${dealId}`, sequence: 1 },
    ...{ occurredAt: dealDate, correlationId: id, data: { ...fact, ...terms, ...more } },
  };
}

describe.each(['sqlite', 'mysql'] as const)('lines refilled from the journal, on %s,', (engine) => {
  const place = new BillingPlace(engine);
  beforeAll(async () => {
    await place.start();
    await place.register();
  });
  afterAll(() => place.remove());

  const refill = (events: unknown[]) => place.ask('POST', '/refill', { events });
  const lines = () =>
    place.inDatabase((tx) => tx.query('SELECT * FROM settlement_line ORDER BY deal_id'));
  const at = Date.parse(dealDate);

  it('are checked where they stand, filled in where they are missing, and never changed', async () => {
    await place.happen({ dealId: 1, at }, { dealId: 2, at }, { dealId: 4, at });
    await place.settle('202611');
    const before = await lines();
    const cancelled = { originalDealId: 1, originalDealDate: dealDate };
    const journal = [
      ...[told(1), told(2), told(3), told(4, 'deal.used', { point: 99 })],
      ...[told(5, 'deal.use-cancelled', cancelled), told(6, 'deal.saved')],
      told(7, 'deal.failed', { nothing: 'of ours' }),
    ];
    const first = await refill(journal);
    expect([first.status, first.body]).toEqual([
      200,
      { checked: 5, filled: 2, different: [{ dealId: 4, field: 'point' }] },
    ]);
    const after = await lines();
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(5);
    const again = await refill(journal);
    expect(again.body).toMatchObject({ checked: 5, filled: 0 });
    expect(await lines()).toEqual(after);
  });

  it('that were missing are settled by a run of their own: the runs before stand', async () => {
    place.count({ dealId: 3, at }, { dealId: 5, at, type: 'useCancel' });
    const { status, body } = await place.settle('202611');
    expect(status).toBe(201);
    expect(body).toMatchObject({ runCount: 2, usedPoints: 400, cancelledPoints: 100 });
  });

  it('must be such as Deal could have told', async () => {
    const broken = { ...told(9), data: { dealId: 9 } };
    expect((await refill([broken])).body).toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await refill([{ type: 'deal.used' }])).body).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
