import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PointUnavailable } from '../domain/point-gateway.ts';
import { CallNotBegun } from './call-lane.ts';
import { PointBreaker } from './point-breaker.ts';
import type { BreakerState } from './point-breaker.ts';

describe('the breaker', () => {
  let states: BreakerState[];
  let breaker: PointBreaker;
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    states = [];
    breaker = new PointBreaker({
      ...{ failureShare: 0.5, windowMs: 10_000, callsPerSecondMin: 1 },
      ...{ pauseMs: 1_000, pauseMaxMs: 8_000 },
      onState: (state) => states.push(state),
    });
  });
  afterEach(() => void jest.useRealTimers());

  const outcome = (work: () => Promise<string>): Promise<unknown> =>
    breaker.call(work).catch((error: unknown) => error);
  const unanswered = () => outcome(() => Promise.reject(new PointUnavailable('unknown')));
  const answered = () => outcome(() => Promise.resolve('answer'));
  const repeat = async (times: number, what: () => Promise<unknown>) => {
    for (let time = 0; time < times; time += 1) await what();
  };
  const pastEveryPause = () => jest.setSystemTime(Date.now() + 60_000);

  it('opens when more than half of the callers get no answer, and then sends nothing', async () => {
    await repeat(6, answered);
    await repeat(6, unanswered);
    expect(breaker.state).toBe('closed');
    await unanswered();
    expect(breaker.state).toBe('open');
    const work = jest.fn(() => Promise.resolve('answer'));
    expect(await outcome(work)).toMatchObject({ debit: 'not-sent' });
    expect(work).not.toHaveBeenCalled();
  });

  it('does not judge by a handful of calls', async () => {
    await repeat(9, unanswered);
    expect(breaker.state).toBe('closed');
  });

  it('takes no notice of calls that never began: they say nothing of Point', async () => {
    await repeat(50, () => outcome(() => Promise.reject(new CallNotBegun())));
    expect(breaker.state).toBe('closed');
  });

  it('takes an error of our own for no evidence', async () => {
    await repeat(50, () => outcome(() => Promise.reject(new TypeError('ours'))));
    expect(breaker.state).toBe('closed');
  });

  it('lets one caller try after a pause, keeps the others back, and closes on an answer', async () => {
    await repeat(10, unanswered);
    pastEveryPause();
    const { promise, resolve } = Promise.withResolvers<string>();
    const probe = outcome(() => promise);
    expect(breaker.state).toBe('half-open');
    expect(await answered()).toMatchObject({ debit: 'not-sent' });
    resolve('back');
    expect(await probe).toBe('back');
    expect(breaker.state).toBe('closed');
    expect(await answered()).toBe('answer');
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('stays open when the probe has no answer, or never began', async () => {
    await repeat(10, unanswered);
    pastEveryPause();
    await unanswered();
    expect(breaker.state).toBe('open');
    pastEveryPause();
    await outcome(() => Promise.reject(new CallNotBegun()));
    expect(breaker.state).toBe('open');
  });

  it('closes when it hears that Point answers others, but not before its pause is over', async () => {
    await repeat(10, unanswered);
    await breaker.hearAnswer();
    expect(breaker.state).toBe('open');
    pastEveryPause();
    await breaker.hearAnswer();
    expect(breaker.state).toBe('closed');
    await breaker.hearAnswer();
    expect(breaker.state).toBe('closed');
  });
});
