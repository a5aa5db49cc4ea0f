import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DealPlace } from './testing/deal-place.ts';

const at = '2026-11-23T03:00:00.000Z';

/** Every order of a list. */
function ordersOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, place) =>
    ordersOf(items.toSpliced(place, 1)).map((rest) => [first, ...rest]),
  );
}

describe.each(['sqlite', 'mysql'] as const)('what Deal hears of its deals, on %s,', (dialect) => {
  const place = new DealPlace(dialect);
  beforeAll(async () => {
    await place.start();
    await place.ask('POST', '/merchants', { id: 20, name: 'mill' });
  });
  afterAll(() => place.remove());

  /** Point decides about the deal: it waits for its member, and then comes to its end. */
  const decided = (dealId: number, end: 'waiting' | 'applied' | 'void') => (): Promise<void> =>
    place.hear('point.changed.v1', 'point/999', {
      ...{ memberId: 999, dealId, kind: 'save', outcome: end, changedAt: at },
      ...(end === 'applied'
        ? { reason: null, delta: 10, balance: 10 }
        : { reason: 'MEMBER_UNKNOWN', delta: 0, balance: null }),
    });
  const settled = (dealId: number) => (): Promise<void> =>
    place.hear('billing.settled.v1', 'billing/1', {
      ...{ billingId: 1, runId: 1, merchantId: 20, billingMonth: '202611' },
      ...{ settledAt: at, chunk: 1, chunks: 1, dealIds: [dealId] },
    });

  it.each([
    ['applied', null],
    ['void', 'MEMBER_UNKNOWN'],
  ] as const)('ends the same in every order, repetitions included: %s', async (end, reason) => {
    for (const order of ordersOf([0, 1, 2, 3])) {
      // A member whom Point does not know: the deal waits for what is heard of it.
      const save = { type: 'save', memberId: 999, merchantId: 20, dealAmount: 1_000 };
      const { body } = await place.deal(save);
      expect(body).toMatchObject({ pointStatus: 'deferred', billingStatus: 'no' });
      const id = Number(body['id']);
      const tellings = [decided(id, 'waiting'), decided(id, end), decided(id, end), settled(id)];
      for (const telling of order) await tellings[telling]!();
      const now = await place.ask('GET', `/deals/${id}`);
      expect({ order, ...now.body }).toMatchObject({
        ...{ order, pointStatus: end, pointReason: reason, billingStatus: 'yes' },
      });
    }
  });
});
