import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DealBook } from '../domain/deal-book.ts';
import type { OwnResult, RecordedDeal } from '../domain/deal-book.ts';
import type { DealRequest, RequestKey } from '../domain/deal-request.ts';
import { DealPlace } from '../testing/deal-place.ts';

const NOW = Date.parse('2026-11-23T03:00:00.000Z');

describe.each(['sqlite', 'mysql'] as const)('a batch of requests on %s', (dialect) => {
  let place: DealPlace;
  let book: DealBook;
  let member = 0;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    for (const id of [20, 21]) await place.ask('POST', '/merchants', { id, name: `shop ${id}` });
    book = place.replica().service.app.get(DealBook);
  });
  afterAll(() => place.remove());
  beforeEach(() => void (member += 1));

  const save = (dealAmount = 500): DealRequest => ({
    ...{ kind: 'save', memberId: member, merchantId: 20, dealAmount },
  });
  const newest = (): DealRequest => ({
    ...{ kind: 'cancelNewest', memberId: member, merchantId: 20, dealAmount: 500 },
    originalType: null,
  });
  const named = (originalDealId: number, merchantId = 20): DealRequest => ({
    ...{ kind: 'cancel', originalDealId, merchantId },
    ...{ memberId: null, dealAmount: null, originalType: null },
  });
  const keyed = (name: string, fingerprint = 'f'): RequestKey => ({
    ...{ caller: 'merchant:20', key: `${member} ${name}`, fingerprint },
  });
  const record = async (
    requests: readonly (DealRequest | [DealRequest, RequestKey])[],
  ): Promise<unknown[]> => {
    const batch = requests.map((each) =>
      Array.isArray(each) ? { request: each[0], key: each[1] } : { request: each, key: null },
    );
    return (await book.record(batch, NOW)).map(said);
  };
  const recordOne = async (request: DealRequest): Promise<number> => {
    const [result] = await book.record([{ request, key: null }], NOW);
    if (!result?.ok) throw new Error('was refused');
    return result.value.deal.id;
  };
  /** The original of a cancel, `deal`, `again`, or the code of the refusal. */
  const said = (result: OwnResult<RecordedDeal>): unknown => {
    if (!result.ok) return (result.error as { code: string }).code;
    return result.value.replayed ? 'again' : (result.value.deal.originalDealId ?? 'deal');
  };

  it('refuses one without touching the others', async () => {
    const stranger = { ...save(), merchantId: 99 } as DealRequest;
    expect(await record([save(), stranger, named(123_456_789), save()])).toEqual([
      ...['deal', 'MERCHANT_NOT_FOUND', 'DEAL_NOT_FOUND', 'deal'],
    ]);
  });

  it('cancels a deal that a refused cancel before it has named', async () => {
    const id = await recordOne(save());
    expect(await record([named(id, 21), newest()])).toEqual(['DEAL_NOT_FOUND', id]);
  });

  it('does not take an older deal because a refused cancel has named the newest', async () => {
    const [older, newer] = [await recordOne(save()), await recordOne(save())];
    const wrongKind = { ...named(newer), originalType: 'use' } as DealRequest;
    expect(await record([wrongKind, newest(), newest(), newest()])).toEqual([
      ...['DEAL_NOT_CANCELLABLE', newer, older, 'DEAL_NOT_FOUND'],
    ]);
  });

  it('goes by the order of the batch when both kinds of cancel are about one deal', async () => {
    const [older, newer] = [await recordOne(save()), await recordOne(save())];
    expect(await record([newest(), named(newer), newest(), named(newer)])).toEqual([
      ...[newer, 'DEAL_ALREADY_CANCELLED', older, 'DEAL_ALREADY_CANCELLED'],
    ]);
  });

  it('names the first cancel to its twin in the same batch', async () => {
    const id = await recordOne(save());
    const [first, second] = await book.record(
      [named(id), named(id)].map((request) => ({ request, key: null })),
      NOW,
    );
    expect(second).toMatchObject({
      ok: false,
      error: { detail: { cancelledByDealId: first?.ok ? first.value.deal.id : 'none' } },
    });
  });

  it('carries out one of two requests with the same key, and says which the other is', async () => {
    const twins: [DealRequest, RequestKey][] = [
      [save(), keyed('a')],
      [save(), keyed('a')],
      [save(501), keyed('a', 'another')],
      [save(), keyed('b')],
    ];
    expect(await record(twins)).toEqual([
      ...['deal', 'REQUEST_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED', 'deal'],
    ]);
  });

  it('tells two keys apart that differ in case only', async () => {
    const batch: [DealRequest, RequestKey][] = [
      [save(), keyed('case')],
      [save(), keyed('CASE')],
    ];
    expect(await record(batch)).toEqual(['deal', 'deal']);
  });
});
