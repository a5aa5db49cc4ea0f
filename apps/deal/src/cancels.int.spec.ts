import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DealPlace } from './testing/deal-place.ts';
import type { Answer } from './testing/deal-place.ts';

const codeOf = ({ status, body }: Answer): unknown => body['code'] ?? status;
const tally = (answers: readonly Answer[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, codeOf)].map(([code, group]) => [code, group.length]),
  );

describe.each(['sqlite', 'mysql'] as const)('cancels on %s', (dialect) => {
  let place: DealPlace;
  /** A member of its own for each test, with 1,000 points. */
  let member = 0;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    for (const id of [20, 21]) await place.ask('POST', '/merchants', { id, name: `shop ${id}` });
  });
  afterAll(() => place.remove());
  beforeEach(() => {
    member += 1;
    place.point.balances.set(member, 1_000);
  });

  const save = (dealAmount = 10_000) => ({
    ...{ type: 'save', memberId: member, merchantId: 20, dealAmount },
  });
  const use = (point: number) => ({ ...save(), type: 'use', point });
  const cancel = (dealAmount = 10_000) => ({ ...save(dealAmount), type: 'cancel' });
  const idOf = async (body: unknown): Promise<number> => {
    const answer = await place.deal(body);
    expect(answer.status).toBe(201);
    return Number(answer.body['id']);
  };

  it('are made once, and the second one is told of the first', async () => {
    const id = await idOf(use(100));
    const first = await place.ask('POST', `/deals/${id}/cancel`);
    expect(first.status).toBe(201);
    for (const again of [
      await place.ask('POST', `/deals/${id}/cancel`, {}),
      await place.deal({ ...cancel(), originalDealId: id }),
    ]) {
      expect(again.status).toBe(409);
      expect(again.body).toMatchObject({
        ...{ code: 'DEAL_ALREADY_CANCELLED', dealId: id, cancelledByDealId: first.body['id'] },
      });
    }
    const cancelOfCancel = await place.ask('POST', `/deals/${first.body['id'] as number}/cancel`);
    expect(codeOf(cancelOfCancel)).toBe('DEAL_NOT_CANCELLABLE');
    expect(place.point.balances.get(member)).toBe(1_000);
  });

  it('are made exactly once of 20 at once, and all others name that one', async () => {
    const id = await idOf(use(100));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => place.ask('POST', `/deals/${id}/cancel`)),
    );
    expect(tally(answers)).toEqual({ 201: 1, DEAL_ALREADY_CANCELLED: 19 });
    const [winner] = answers.filter(({ status }) => status === 201);
    const named = answers.map(({ body }) => body['cancelledByDealId'] ?? body['id']);
    expect(new Set(named)).toEqual(new Set([winner!.body['id']]));
  });

  it('without an id take the newest uncancelled deal that looks like it', async () => {
    const [older, newer] = [await idOf(save()), await idOf(save())];
    await idOf(save(9_999));
    await place.deal(use(5_000));
    const originals = [await place.deal(cancel()), await place.deal(cancel())];
    expect(originals.map(({ body }) => body['originalDealId'])).toEqual([newer, older]);
    expect(codeOf(await place.deal(cancel()))).toBe('DEAL_NOT_FOUND');
  });

  it('go by their kind, too', async () => {
    const [used, saved] = [await idOf(use(10)), await idOf(save())];
    const useCancel = await place.deal({ ...cancel(), type: 'useCancel' });
    const saveCancel = await place.deal({ ...cancel(), type: 'saveCancel' });
    expect([useCancel.body['originalDealId'], saveCancel.body['originalDealId']]).toEqual([
      used,
      saved,
    ]);
    const wrong = await place.deal({ ...cancel(), type: 'saveCancel', originalDealId: used });
    expect(codeOf(wrong)).toBe('DEAL_NOT_CANCELLABLE');
  });

  it('without an id take different deals when they come at once', async () => {
    const ids = [await idOf(save()), await idOf(save()), await idOf(save())];
    const answers = await Promise.all(Array.from({ length: 5 }, () => place.deal(cancel())));
    expect(tally(answers)).toEqual({ 201: 3, DEAL_NOT_FOUND: 2 });
    const taken = answers.flatMap(({ body }) => body['originalDealId'] ?? []);
    expect(taken.toSorted()).toEqual(ids);
  });

  it('are not kept from a deal by another’s vain cancel of it', async () => {
    const id = await idOf(save());
    const vain = { ...cancel(), merchantId: 21, originalDealId: id };
    for (let turn = 0; turn < 5; turn += 1) {
      const crowd = Array.from({ length: 8 }, () => place.deal(vain));
      const [mine, ...others] = await Promise.all([place.deal(cancel()), ...crowd]);
      expect(tally(others)).toEqual({ DEAL_NOT_FOUND: 8 });
      expect(tally([mine!])).toEqual(turn === 0 ? { 201: 1 } : { DEAL_NOT_FOUND: 1 });
    }
    expect(await place.get(id)).toMatchObject({ cancelledByDealId: expect.any(Number) });
  });

  it('are for deals that succeeded', async () => {
    const failed = await idOf(use(5_000));
    expect(codeOf(await place.ask('POST', `/deals/${failed}/cancel`))).toBe('DEAL_NOT_CANCELLABLE');
  });
});
