import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PointUnavailable } from '../domain/point-gateway.ts';
import { sampleDeal } from '../testing/sample-deal.ts';
import { ScriptedPoint } from '../testing/scripted-point.ts';
import type { PointManner } from '../testing/scripted-point.ts';
import { PointClient, neverLeft } from './point-client.ts';

describe('the client of Point', () => {
  let point: ScriptedPoint;
  let client: PointClient;
  beforeEach(async () => {
    point = new ScriptedPoint();
    point.balances.set(1, 150);
    const url = await point.start();
    client = new PointClient({ url, serviceToken: 'a-token', connectionsMax: 2, timeoutMs: 300 });
  });
  afterEach(async () => {
    await client.close();
    await point.stop();
  });

  const failureOf = (ids: readonly number[]): Promise<unknown> =>
    client.apply(ids.map((id) => sampleDeal(id, 'use'))).catch((error: unknown) => error);

  it('carries many changes in one request and brings each its own answer', async () => {
    const deals = [sampleDeal(1, 'use'), sampleDeal(2, 'use'), sampleDeal(4, 'saveCancel')];
    expect(await client.apply(deals)).toEqual([
      { outcome: 'applied', reason: null },
      { outcome: 'refused', reason: 'INSUFFICIENT_POINTS' },
      { outcome: 'applied', reason: null },
    ]);
    expect(point.batches).toEqual([3]);
    expect(point.asked.at(-1)).toEqual({
      dealId: 4,
      memberId: 1,
      kind: 'saveCancel',
      point: 100,
      originalDealId: 3,
    });
    expect(point.tokens).toEqual(['Bearer a-token']);
  });

  it('has no answer for what Point could not decide', async () => {
    point.manner = 'decides-nothing';
    expect(await client.apply([sampleDeal(1, 'use')])).toEqual([null]);
  });

  const unknown: PointManner[] = [
    'fails',
    'hangs',
    'cuts-before-effect',
    'cuts-after-effect',
    'talks-nonsense',
  ];
  it.each(unknown)('cannot know what happened when Point %s', async (manner) => {
    point.manner = manner;
    const failure = await failureOf([1]);
    expect(failure).toBeInstanceOf(PointUnavailable);
    expect(failure).toMatchObject({ debit: 'unknown' });
  });

  it('reads no answer without end', async () => {
    point.manner = 'answers-without-end';
    expect(await failureOf([1])).toMatchObject({
      debit: 'unknown',
      cause: { name: 'AnswerTooLarge' },
    });
  });

  it('knows that nothing was sent when nobody listens', async () => {
    await point.stop();
    expect(await failureOf([1])).toMatchObject({ debit: 'not-sent' });
    await point.start();
    expect(await client.apply([sampleDeal(2, 'use')])).toEqual([
      { outcome: 'applied', reason: null },
    ]);
  });
});

describe('what proves that not one byte was sent', () => {
  const failed = (code: string, syscall?: string) =>
    Object.assign(new Error(code), { code, ...(syscall === undefined ? {} : { syscall }) });

  it('is an error of connecting, or of finding the address', () => {
    expect(neverLeft(failed('ECONNREFUSED', 'connect'))).toBe(true);
    expect(neverLeft(failed('EHOSTUNREACH', 'connect'))).toBe(true);
    expect(neverLeft(failed('ENOTFOUND', 'getaddrinfo'))).toBe(true);
    expect(neverLeft(failed('UND_ERR_CONNECT_TIMEOUT'))).toBe(true);
    const both = [failed('ECONNREFUSED', 'connect'), failed('EHOSTUNREACH', 'connect')];
    expect(neverLeft(new AggregateError(both))).toBe(true);
  });

  it('is not the same error on a connection that was made before', () => {
    expect(neverLeft(failed('EHOSTUNREACH', 'read'))).toBe(false);
    expect(neverLeft(failed('ETIMEDOUT', 'read'))).toBe(false);
    expect(neverLeft(failed('ECONNRESET', 'write'))).toBe(false);
    expect(neverLeft(failed('UND_ERR_SOCKET'))).toBe(false);
    expect(neverLeft(failed('UND_ERR_HEADERS_TIMEOUT'))).toBe(false);
    const both = [failed('ECONNREFUSED', 'connect'), failed('ECONNRESET', 'read')];
    expect(neverLeft(new AggregateError(both))).toBe(false);
    expect(neverLeft(new AggregateError([]))).toBe(false);
    expect(neverLeft('ECONNREFUSED')).toBe(false);
  });
});
