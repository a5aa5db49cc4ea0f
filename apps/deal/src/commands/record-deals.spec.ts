import { describe, expect, it } from '@jest/globals';
import { DeadlinePassed } from '@onepoint/persistence';
import { Metrics, SystemClock } from '@onepoint/platform';
import type { DealBook } from '../domain/deal-book.ts';
import type { KeyedRequest } from '../domain/deal-request.ts';
import { RecordDeals } from './record-deals.ts';

const save: KeyedRequest = {
  request: { kind: 'save', memberId: 1, merchantId: 2, dealAmount: 100 },
  key: null,
};
const cancel: KeyedRequest = {
  request: {
    kind: 'cancelNewest',
    memberId: 1,
    merchantId: 2,
    dealAmount: 100,
    originalType: null,
  },
  key: null,
};

describe('requests behind a transaction that does not end', () => {
  it('are refused after a while, but for cancels: those are accepted in full (P6, P14)', async () => {
    const taken: KeyedRequest[] = [];
    const gate = Promise.withResolvers<void>();
    const book = {
      record: async (requests: readonly KeyedRequest[]) => {
        await gate.promise;
        taken.push(...requests);
        return requests.map(() => ({ ok: true, value: { replayed: false } }));
      },
    } as unknown as DealBook;
    const records = new RecordDeals(book, new SystemClock(), new Metrics());
    const record = (request: KeyedRequest): Promise<unknown> =>
      records.record(request, (deal) => Promise.resolve(deal));
    const first = record(save);
    await Promise.resolve();
    const [late, accepted] = [record(save), record(cancel)];
    await expect(late).rejects.toBeInstanceOf(DeadlinePassed);
    gate.resolve();
    await Promise.all([first, accepted]);
    expect(taken.map(({ request }) => request.kind)).toEqual(['save', 'cancelNewest']);
  });
});
