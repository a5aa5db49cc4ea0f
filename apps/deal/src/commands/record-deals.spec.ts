import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { DeadlinePassed } from '@onepoint/persistence';
import { Metrics, SystemClock } from '@onepoint/platform';
import type { Deal } from '../domain/deal.ts';
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

/** Says of each transaction which requests it held, and begins none before `opened`. */
function recording(
  batches: KeyedRequest[][],
  { opened = Promise.resolve(), replayed = false } = {},
): RecordDeals {
  const book = {
    record: async (requests: readonly KeyedRequest[]) => {
      await opened;
      batches.push([...requests]);
      return requests.map(() => ({ ok: true, value: { deal: {}, replayed } }));
    },
  } as unknown as DealBook;
  return new RecordDeals(book, new SystemClock(), new Metrics());
}

const noFurther = (deal: Deal): Promise<Deal> => Promise.resolve(deal);

afterEach(() => void jest.useRealTimers());

describe('requests behind a transaction that does not end', () => {
  it('are refused after a while, but for cancels: those are accepted in full (P6, P14)', async () => {
    const batches: KeyedRequest[][] = [];
    const gate = Promise.withResolvers<void>();
    const records = recording(batches, { opened: gate.promise });
    const first = records.record(save, noFurther);
    await Promise.resolve();
    const [late, accepted] = [records.record(save, noFurther), records.record(cancel, noFurther)];
    await expect(late).rejects.toBeInstanceOf(DeadlinePassed);
    gate.resolve();
    await Promise.all([first, accepted]);
    expect(batches.flat().map(({ request }) => request.kind)).toEqual(['save', 'cancelNewest']);
  });
});

describe('requests that come together', () => {
  it('are recorded in two groups, for as long as those before them are on their way', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
    const batches: KeyedRequest[][] = [];
    const records = recording(batches);
    const point = Promise.withResolvers<void>();
    const come = (many: number): Promise<unknown>[] =>
      Array.from({ length: many }, () =>
        records.record(save, async (deal) => {
          await point.promise;
          return deal;
        }),
      );
    const answers = come(40);
    await nextTurn();
    expect(batches.map(({ length }) => length)).toEqual([20, 20]);
    jest.advanceTimersByTime(1_000);
    answers.push(...come(22));
    await nextTurn();
    await jest.advanceTimersByTimeAsync(12);
    // Half of 62: that those 40 were recorded long ago does not mean that they have their answer.
    expect(batches.slice(2).map(({ length }) => length)).toEqual([22]);
    point.resolve();
    await Promise.all(answers);
  });

  it('do not wait for cancels, nor are they fewer for them (P7)', async () => {
    const batches: KeyedRequest[][] = [];
    const records = recording(batches);
    await Promise.all([
      ...Array.from({ length: 60 }, () => records.record(cancel, noFurther)),
      ...Array.from({ length: 20 }, () => records.record(save, noFurther)),
    ]);
    const sizesOf = (kind: string): number[] =>
      batches.filter(([first]) => first?.request.kind === kind).map(({ length }) => length);
    expect([sizesOf('cancelNewest'), sizesOf('save')]).toEqual([
      [30, 30],
      [16, 4],
    ]);
  });

  it('have the answer that they got before, without another way to Point', async () => {
    const records = recording([], { replayed: true });
    const onward = jest.fn(noFurther);
    expect(await records.record(save, onward)).toMatchObject({ replayed: true });
    expect(onward).not.toHaveBeenCalled();
  });
});
