import { describe, expect, it } from '@jest/globals';
import { ContractBreach } from '@onepoint/contracts';
import type { IncomingMessage, ReaderOptions } from './event-transport.ts';
import { judgeDelivery, reasonCharsMax, reasonOf } from './judge-delivery.ts';
import { SetAside } from './transport.errors.ts';

const reader: ReaderOptions = {
  service: 'point',
  keys: [],
  prefetch: 1,
  retryDelaysMs: [10, 20],
  isAway: (error) => error === 'away',
  waitUntilBack: () => Promise.resolve(),
};

function tried(tries: number): IncomingMessage {
  const firstFailedAt = tries === 0 ? null : '2026-11-01T00:00:00.000Z';
  const rest = { body: '{}', traceparent: null, redelivered: false };
  return { id: 'x', key: 'deal.saved.v1', tries, firstFailedAt, ...rest };
}

const running = new AbortController().signal;

function judge(tries: number, ...errors: unknown[]) {
  const deliver = async (): Promise<void> => {
    if (errors.length > 0) throw errors.shift();
  };
  return judgeDelivery(tried(tries), reader, deliver, running);
}

describe('The verdict on a delivery', () => {
  it('is done when the handler resolves', async () => {
    expect(await judge(0)).toEqual({ kind: 'done' });
  });

  it('is a further try after the delay of that try', async () => {
    expect(await judge(0, new Error('no'))).toMatchObject({ kind: 'retry', delayMs: 10 });
    expect(await judge(1, new Error('no'))).toEqual({
      kind: 'retry',
      delayMs: 20,
      note: { reason: 'Error: no', tries: 2, firstFailedAt: '2026-11-01T00:00:00.000Z' },
    });
  });

  it('is the dead letters after the last try', async () => {
    const verdict = await judge(2, new Error('no'));
    expect(verdict).toMatchObject({ kind: 'dead', note: { tries: 3, reason: 'Error: no' } });
  });

  it('is the dead letters at once for a breach of contract or what the handler sets aside', async () => {
    const breach = new ContractBreach('deal.saved.v1', [{ path: 'data', message: 'missing' }]);
    expect(await judge(0, breach)).toMatchObject({ kind: 'dead', note: { tries: 1 } });
    expect(await judge(0, new SetAside('NO_USE', 'never'))).toMatchObject({ kind: 'dead' });
  });

  it('waits for a database that is away and hands the message over again, uncounted', async () => {
    expect(await judge(0, 'away', 'away')).toEqual({ kind: 'done' });
    const later = await judge(1, 'away', new Error('no'));
    expect(later).toMatchObject({ kind: 'retry', note: { tries: 2 } });
  });

  it('leaves the message with the broker when the reader stops during the wait', async () => {
    const stopping = new AbortController();
    const never = { ...reader, waitUntilBack: () => new Promise<void>(() => undefined) };
    const deliver = (): Promise<void> => Promise.reject('away');
    const verdict = judgeDelivery(tried(0), never, deliver, stopping.signal);
    stopping.abort();
    expect(await verdict).toEqual({ kind: 'left' });
  });

  it('names the reason in one bounded line without a stack', () => {
    const error = Object.assign(new Error(`first\n   second${'x'.repeat(1_000)}`), { code: 'ODD' });
    const reason = reasonOf(error);
    expect(reason).toMatch(/^ODD: first secondx+$/);
    expect(reason).toHaveLength(reasonCharsMax);
    expect(reasonOf('thrown text')).toBe('thrown text');
  });
});
