import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Crowd } from './crowd.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** So many of them set out; they arrive when told. */
function setOut(crowd: Crowd, many: number): () => Promise<unknown> {
  const gate = Promise.withResolvers<void>();
  const ways = Array.from({ length: many }, () => crowd.pass(() => gate.promise));
  return () => {
    gate.resolve();
    return Promise.all(ways);
  };
}

describe('a crowd', () => {
  const crowd = (): Crowd => new Crowd({ groups: 2, groupMin: 16 });

  it('of nobody or of one is a group of one: nobody waits for others', () => {
    const lonely = crowd();
    expect(lonely.groupSize).toBe(1);
    setOut(lonely, 1);
    expect(lonely.groupSize).toBe(1);
  });

  it.each([
    [2, 2],
    [16, 16],
    [17, 16],
    [32, 16],
    [33, 17],
    [64, 32],
    [1_000, 500],
  ])('of %i goes in groups of %i', (many, size) => {
    const grown = crowd();
    setOut(grown, many);
    expect(grown.groupSize).toBe(size);
  });

  it('of an odd number has a smaller group once everybody is in hand, and no smaller one before', async () => {
    const odd = crowd();
    const [home, onTheWay, few] = [setOut(odd, 30), setOut(odd, 2), setOut(odd, 31)];
    expect(odd.groupSize).toBe(32);
    expect([odd.isGroup(30), odd.isGroup(31), odd.isGroup(32)]).toEqual([false, true, true]);
    await home();
    expect([odd.isGroup(31), odd.isGroup(32)]).toEqual([false, true]);
    await Promise.all([onTheWay(), few()]);
  });

  it('too small to be cut is a group when all of it has come', () => {
    const small = crowd();
    setOut(small, 5);
    expect([small.isGroup(4), small.isGroup(5)]).toEqual([false, true]);
  });

  it.each([
    [31, 0],
    [32, 12],
    [500, 12],
  ])('of %i waits for the last of its group for %i ms', (many, waitMs) => {
    const patient = new Crowd({ groups: 2, groupMin: 16, groupWaitMs: 12 });
    setOut(patient, many);
    expect(patient.groupWaitMs).toBe(waitMs);
  });

  it('is remembered while those who have their answer may come back, and then no longer', async () => {
    const shrinking = crowd();
    await setOut(shrinking, 64)();
    expect(shrinking.groupSize).toBe(32);
    jest.advanceTimersByTime(100);
    expect(shrinking.groupSize).toBe(32);
    jest.advanceTimersByTime(100);
    expect(shrinking.groupSize).toBe(1);
  });

  it('that nobody asked about for a while is as large as it is now', async () => {
    const asleep = crowd();
    await setOut(asleep, 64)();
    setOut(asleep, 3);
    jest.advanceTimersByTime(1_000);
    expect(asleep.groupSize).toBe(3);
  });

  it('counts whoever fails on his way no longer, and gives him his error', async () => {
    const unlucky = crowd();
    const failing = unlucky.pass(() => Promise.reject(new Error('lost')));
    await expect(failing).rejects.toThrow('lost');
    jest.advanceTimersByTime(1_000);
    expect(unlucky.groupSize).toBe(1);
  });

  it.each([
    { groups: 0, groupMin: 1 },
    { groups: 1, groupMin: 0 },
    { groups: 1.5, groupMin: 1 },
    { groups: 1, groupMin: 1, groupWaitMs: -1 },
  ])('cannot be cut by %o', (options) => {
    expect(() => new Crowd(options)).toThrow(RangeError);
  });
});
