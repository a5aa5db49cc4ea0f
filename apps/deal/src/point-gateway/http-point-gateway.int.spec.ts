import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Metrics } from '@onepoint/platform';
import type { DealType } from '../domain/deal.ts';
import { sampleDeal } from '../testing/sample-deal.ts';
import { ScriptedPoint } from '../testing/scripted-point.ts';
import { until } from '../testing/until.ts';
import { HttpPointGateway } from './http-point-gateway.ts';

const applied = { outcome: 'applied', reason: null };

describe('the way to Point', () => {
  let point: ScriptedPoint;
  let gateway: HttpPointGateway;
  let metrics: Metrics;
  let lastId = 0;
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    point = new ScriptedPoint();
    point.balances.set(1, 1_000_000);
    metrics = new Metrics();
    const url = await point.start();
    const budgets = { useBudgetMs: 1_500, directBudgetMs: 100 };
    gateway = new HttpPointGateway({ url, serviceToken: null, ...budgets }, metrics);
  });
  afterEach(async () => {
    await gateway.onApplicationShutdown();
    await point.stop();
  });

  const ask = (type: DealType): Promise<unknown> =>
    gateway.apply(sampleDeal((lastId += 2), type)).catch((error: unknown) => error);
  const askMany = (count: number, type: DealType) =>
    Promise.all(Array.from({ length: count }, () => ask(type)));
  const stateOf = async (kind: DealType): Promise<number | undefined> => {
    const gauge = metrics.registry.getSingleMetric('onepoint_point_breaker_open');
    const { values } = await gauge!.get();
    return values.find(({ labels }) => labels['kind'] === kind)?.value;
  };

  it('keeps uses going while Point is too slow for saves and cancels (P7)', async () => {
    point.delayMs = 150;
    for (const kind of ['save', 'saveCancel', 'useCancel'] as const) await askMany(60, kind);
    expect(await ask('use')).toEqual(applied);
    expect(await stateOf('save')).toBe(1);
    expect(await stateOf('use')).toBe(0);
  });

  it('keeps uses going through a flood of cancels that overflows its lane (P7)', async () => {
    point.delayMs = 60;
    const flood: Promise<unknown[]>[] = [];
    for (let wave = 0; wave < 8; wave += 1) {
      flood.push(askMany(300, 'useCancel'));
      expect(await askMany(5, 'use')).toEqual(Array(5).fill(applied));
    }
    await Promise.all(flood);
    expect(await askMany(20, 'use')).toEqual(Array(20).fill(applied));
  });

  it('answers at once when Point has been silent, and by itself again when it is back', async () => {
    point.manner = 'hangs';
    await askMany(25, 'use');
    expect(await stateOf('use')).toBe(1);
    const before = point.asked.length;
    expect(await ask('use')).toMatchObject({ debit: 'not-sent' });
    expect(point.asked).toHaveLength(before);
    point.manner = 'answers';
    // Nobody stands at a till waiting for a cancel: its answer opens the way for the uses.
    await until('a cancel has tried the way', async () => {
      await ask('useCancel');
      return (await stateOf('use')) === 0;
    });
    expect(await ask('use')).toEqual(applied);
  });

  it('takes refusals for answers', async () => {
    point.balances.set(1, 0);
    const answers = await askMany(60, 'use');
    expect(answers).toEqual(Array(60).fill({ outcome: 'refused', reason: 'INSUFFICIENT_POINTS' }));
    expect(await stateOf('use')).toBe(0);
  });
});
