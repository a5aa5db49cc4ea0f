import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Doors, Json } from '../running/doors.ts';
import { until } from '../running/until.ts';
import { monthOf } from '../scenario/step.ts';
import { PERSON } from './callers.ts';

/** The same doors as three see them: merchant 20 is `own`, merchant 30 is `other`. */
export interface Rivals {
  readonly admin: Doors;
  readonly own: Doors;
  readonly other: Doors;
}

/** What merchant 30 does is hidden from merchant 20. */
export function hideFromOtherMerchants(rivals: () => Rivals): void {
  describe("another merchant's deals and billings are as if they did not exist (P12)", () => {
    let own: Doors;
    let other: Doors;
    let admin: Doors;
    let theirs: Json;
    let billing: Json;
    beforeAll(async () => {
      ({ own, other, admin } = rivals());
      const member = await admin.post('member', '/members', PERSON);
      const parties = { memberId: member.body['id'], merchantId: 30 };
      await until(
        () => admin.get('point', `/points/${String(member.body['id'])}`),
        ({ status }) => status === 200,
      );
      await other.post('deal', '/deals', { ...parties, type: 'save', dealAmount: 100_000 });
      ({ body: theirs } = await other.post('deal', '/deals', {
        ...parties,
        type: 'use',
        point: 100,
      }));
      const request = { merchantId: 30, billingMonth: monthOf(new Date()) };
      ({ body: billing } = await until(
        () => admin.post('billing', '/billings', request),
        ({ body }) => body['netPoints'] === 100,
      ));
    });

    it('while their own merchant finds them', async () => {
      expect((await other.get('deal', `/deals/${String(theirs['id'])}`)).body).toMatchObject({
        status: 'success',
        merchantId: 30,
      });
      expect((await other.get('billing', `/billings/${String(billing['id'])}`)).status).toBe(200);
      expect((await other.get('deal', '/deals')).body['items']).toHaveLength(2);
      expect((await other.get('billing', '/billings')).body['items']).toHaveLength(1);
    });

    it('to every call that names them', async () => {
      const { id, memberId } = theirs;
      const cancel = { type: 'cancel', memberId, merchantId: 20, originalDealId: id };
      const foreign = { type: 'save', memberId, merchantId: 30, dealAmount: 100_000 };
      const bill = `/billings/${String(billing['id'])}`;
      const codes = async (answers: Promise<Answer>[]): Promise<unknown[]> =>
        (await Promise.all(answers)).map(({ status, body }) => [status, body['code']]);
      expect(
        await codes([
          own.get('deal', `/deals/${String(id)}`),
          own.post('deal', `/deals/${String(id)}/cancel`, {}),
          own.post('deal', '/deals', cancel),
          own.post('deal', '/deals', foreign),
          own.get('deal', '/deals?merchantId=30'),
          own.get('billing', bill),
          own.get('billing', `${bill}/lines`),
          own.get('billing', `${bill}/print`),
          own.get('billing', '/billings?merchantId=30'),
        ]),
      ).toEqual([
        [404, 'DEAL_NOT_FOUND'],
        [404, 'DEAL_NOT_FOUND'],
        [404, 'DEAL_NOT_FOUND'],
        [404, 'MERCHANT_NOT_FOUND'],
        [404, 'DEAL_NOT_FOUND'],
        [404, 'BILLING_NOT_FOUND'],
        [404, 'BILLING_NOT_FOUND'],
        [404, 'BILLING_NOT_FOUND'],
        [404, 'MERCHANT_NOT_FOUND'],
      ]);
    });

    it('and to every list', async () => {
      expect((await own.get('deal', '/deals')).body['items']).toEqual([]);
      expect((await own.get('billing', '/billings')).body['items']).toEqual([]);
    });

    it('and nothing was done to them', async () => {
      const { body } = await admin.get('deal', `/deals/${String(theirs['id'])}`);
      expect(body).toMatchObject({ status: 'success', cancelledByDealId: null });
      const points = await admin.get('point', `/points/${String(theirs['memberId'])}`);
      expect(points.body).toMatchObject({ point: 900 });
    });
  });
}
