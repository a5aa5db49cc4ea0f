import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sampleDeal } from '../testing/sample-deal.ts';
import { ScriptedPoint } from '../testing/scripted-point.ts';
import { until } from '../testing/until.ts';
import { CallLane } from './call-lane.ts';
import { PointClient } from './point-client.ts';

describe('a lane to Point', () => {
  let point: ScriptedPoint;
  let client: PointClient;
  beforeEach(async () => {
    point = new ScriptedPoint();
    point.balances.set(1, 1_000_000);
    const url = await point.start();
    client = new PointClient({ url, serviceToken: null, connectionsMax: 2, timeoutMs: 5_000 });
  });
  afterEach(async () => {
    await client.close();
    await point.stop();
  });

  const laneOf = (limits: { callersMax?: number; budgetMs?: number } = {}) =>
    new CallLane({
      ...{ name: 'test', client, requestsMax: 1, callersMax: 50, budgetMs: 5_000, ...limits },
      observe: { ran: () => {} },
    });
  const call = (lane: CallLane, id: number): Promise<unknown> =>
    lane.call(sampleDeal(id, 'use')).catch((error: unknown) => error);

  it('gathers those who wait into the next request', async () => {
    point.delayMs = 30;
    const lane = laneOf();
    const first = call(lane, 1);
    await new Promise((resolve) => setImmediate(resolve));
    const others = Array.from({ length: 20 }, (_, index) => call(lane, index + 2));
    const answers = await Promise.all([first, ...others]);
    expect(answers).toEqual(Array(21).fill({ outcome: 'applied', reason: null }));
    expect(point.batches).toEqual([1, 20]);
  });

  it('answers within the budget: unknown for what was sent, not sent for what still waited', async () => {
    point.manner = 'hangs';
    const lane = laneOf({ budgetMs: 100 });
    const sent = call(lane, 1);
    await until('the first is on its way', () => point.wasAsked(1));
    const waiting = call(lane, 2);
    expect(await sent).toMatchObject({ debit: 'unknown' });
    expect(await waiting).toMatchObject({ name: 'PointUnavailable' });
    expect([point.wasAsked(1), point.wasAsked(2)]).toEqual([true, false]);
  });

  it('sends nothing of a caller who was told that nothing was sent', async () => {
    point.delayMs = 150;
    const lane = laneOf({ budgetMs: 100 });
    const all = [call(lane, 1)];
    await new Promise((resolve) => setImmediate(resolve));
    all.push(...Array.from({ length: 10 }, (_, index) => call(lane, index + 2)));
    const answers = (await Promise.all(all)) as { debit: string }[];
    point.delayMs = 0;
    let next = 100;
    await until('the lane is free again', async () => {
      return ((await call(lane, (next += 1))) as { outcome?: string }).outcome === 'applied';
    });
    for (const [index, { debit }] of answers.entries()) {
      if (debit === 'not-sent') expect(point.wasAsked(index + 1)).toBe(false);
    }
  });

  it('turns away at its wall at once', async () => {
    point.manner = 'hangs';
    const lane = laneOf({ callersMax: 3, budgetMs: 500 });
    void call(lane, 1);
    await new Promise((resolve) => setImmediate(resolve));
    for (const id of [2, 3, 4]) void call(lane, id);
    expect(lane.full).toBe(true);
    expect(await call(lane, 5)).toMatchObject({ debit: 'not-sent' });
  });

  it('gives each caller of a request that failed the same unknown fate, and sends it once', async () => {
    point.manner = 'cuts-after-effect';
    const lane = laneOf();
    const answers = await Promise.all([1, 2, 3].map((id) => call(lane, id)));
    expect(answers).toMatchObject(Array(3).fill({ debit: 'unknown' }));
    expect(point.batches).toEqual([3]);
  });
});
