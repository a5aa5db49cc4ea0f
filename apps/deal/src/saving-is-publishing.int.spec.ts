import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Outbox } from '@onepoint/messaging';
import { DealPlace } from './testing/deal-place.ts';

describe.each(['sqlite', 'mysql'] as const)(
  'a deal whose event cannot be kept, on %s,',
  (dialect) => {
    let place: DealPlace;
    let outbox: Outbox;
    let append: Outbox['append'];
    beforeAll(async () => {
      place = new DealPlace(dialect);
      await place.start();
      outbox = place.replica().service.app.get(Outbox);
      append = outbox.append.bind(outbox);
      await place.ask('POST', '/merchants', { id: 20, name: 'shop' });
      place.point.balances.set(1, 1_000);
    });
    afterAll(() => place.remove());
    afterEach(() => void Object.assign(outbox, { append }));

    const save = { type: 'save', memberId: 1, merchantId: 20, dealAmount: 10_000 };
    const losePen = () =>
      Object.assign(outbox, { append: () => Promise.reject(new Error('no more ink')) });
    const count = async (table: string): Promise<number> =>
      (await place.inDatabase((tx) => tx.query(`SELECT * FROM ${table}`))).length;

    it('was not recorded, and its key is free', async () => {
      const saved = await place.deal(save);
      losePen();
      expect((await place.deal(save, 'again')).status).toBe(500);
      const cancel = await place.ask('POST', `/deals/${saved.body['id'] as number}/cancel`);
      expect(cancel.status).toBe(500);
      expect(await place.get(saved.body['id'])).toMatchObject({ cancelledByDealId: null });
      expect([await count('deal'), await count('idempotency_key')]).toEqual([1, 0]);
      Object.assign(outbox, { append });
      expect((await place.deal(save, 'again')).status).toBe(201);
    });

    it('did not end: a use stays pending for recovery', async () => {
      losePen();
      const before = await count('deal');
      expect((await place.deal({ ...save, type: 'use', point: 10 })).status).toBe(500);
      const list = await place.ask('GET', '/deals?status=pending');
      expect(list.body['items']).toHaveLength(1);
      expect(await count('deal')).toBe(before + 1);
    });

    it('did not register, rename or key a merchant', async () => {
      losePen();
      const statuses = [
        await place.ask('POST', '/merchants', { id: 30, name: 'new' }),
        await place.ask('PATCH', '/merchants/20', { name: 'renamed' }),
        await place.ask('POST', '/merchants/20/keys'),
      ].map(({ status }) => status);
      expect(statuses).toEqual([500, 500, 500]);
      expect((await place.ask('GET', '/merchants/30')).status).toBe(404);
      expect((await place.ask('GET', '/merchants/20')).body).toMatchObject({ name: 'shop' });
      expect(await count('merchant_key')).toBe(0);
    });
  },
);
