import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { Turns } from './turns.ts';

afterEach(() => void jest.useRealTimers());

const turnsOf = (capacity: number): Turns => new Turns({ capacity, waitingMax: 2, waitMaxMs: 100 });

describe('turns', () => {
  it('are given to as many as there are, then in the order of asking', async () => {
    const turns = turnsOf(2);
    const order: string[] = [];
    await turns.take();
    await turns.take();
    const first = turns.take().then(() => order.push('first'));
    const second = turns.take().then(() => order.push('second'));
    turns.give();
    await first;
    expect(order).toEqual(['first']);
    turns.give();
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  it('refuse those who find too many waiting', async () => {
    const turns = turnsOf(1);
    await turns.take();
    const waiting = [turns.take(), turns.take()];
    await expect(turns.take()).rejects.toBeInstanceOf(DatabaseUnavailable);
    turns.give();
    turns.give();
    await Promise.all(waiting);
  });

  it('refuse those who have waited too long, and those only', async () => {
    jest.useFakeTimers();
    const turns = turnsOf(1);
    await turns.take();
    const early = turns.take().catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(60);
    const late = turns.take().then(() => 'had a turn');
    await jest.advanceTimersByTimeAsync(60);
    expect(await early).toBeInstanceOf(DatabaseUnavailable);
    turns.give();
    expect(await late).toBe('had a turn');
  });

  it('refuse everybody once closed, and are closed when all are back', async () => {
    const turns = turnsOf(1);
    await turns.take();
    const waiting = turns.take();
    let closed = false;
    const closing = turns.close().then(() => (closed = true));
    await expect(waiting).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(turns.take()).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(closed).toBe(false);
    turns.give();
    expect(await closing).toBe(true);
  });
});
