import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { errorOf, gated } from '../spec/gated-group.ts';
import { DeadlinePassed } from './overloaded.ts';

afterEach(() => void jest.useRealTimers());

describe('a crowd before a group commit', () => {
  it('begins another batch beside the first when it may, and no third', async () => {
    const { group, batches, letGo } = gated({ parallel: 2 });
    const answers: Promise<string>[] = [];
    for (const jobs of ['ab', 'c', 'd']) {
      answers.push(...[...jobs].map((job) => group.submit(job)));
      await nextTurn();
    }
    expect(batches).toEqual([['a', 'b'], ['c']]);
    await letGo();
    expect(batches).toEqual([['a', 'b'], ['c'], ['d']]);
    await letGo();
    await letGo();
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D']);
  });

  it('waits with patience for the batch under way before it begins another beside it', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
    const { group, batches, letGo } = gated({ parallel: 2, patienceMs: 25 });
    const first = group.submit('a');
    await jest.advanceTimersByTimeAsync(10);
    const others = ['b', 'c'].map((job) => group.submit(job));
    await jest.advanceTimersByTimeAsync(14);
    expect(batches).toEqual([['a']]);
    await jest.advanceTimersByTimeAsync(2);
    expect(batches).toEqual([['a'], ['b', 'c']]);
    await letGo();
    await letGo();
    expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C']);
  });

  it('lets nobody wait for another’s batch while batches are slow', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
    const { group, batches, letGo } = gated({ parallel: 2, patienceMs: 25 });
    const slow = group.submit('slow');
    await jest.advanceTimersByTimeAsync(400);
    await letGo();
    await slow;
    const answers = [group.submit('a')];
    await nextTurn();
    answers.push(group.submit('b'));
    await nextTurn();
    expect(batches.slice(1)).toEqual([['a'], ['b']]);
    await letGo();
    await letGo();
    // They were quick: from now on everybody waits for the one under way again.
    answers.push(group.submit('c'));
    await nextTurn();
    answers.push(group.submit('d'));
    await nextTurn();
    expect(batches.slice(3)).toEqual([['c']]);
    await letGo();
    await letGo();
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D']);
  });

  it('gathers a crowd for a moment, and lets nobody wait who comes alone', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
    const { group, batches, letGo } = gated({ gatherMs: 3 });
    const answers = [group.submit('a')];
    await nextTurn();
    answers.push(group.submit('b'), group.submit('c'));
    await letGo();
    expect(batches).toEqual([['a'], ['b', 'c']]);
    answers.push(group.submit('d'));
    await letGo();
    expect(batches).toHaveLength(2);
    answers.push(group.submit('e'));
    await jest.advanceTimersByTimeAsync(3);
    expect(batches.at(-1)).toEqual(['d', 'e']);
    await letGo();
    // In a crowd no more once one has come alone.
    answers.push(group.submit('f'));
    await jest.advanceTimersByTimeAsync(3);
    await letGo();
    answers.push(group.submit('g'));
    await nextTurn();
    expect(batches.slice(-2)).toEqual([['f'], ['g']]);
    await letGo();
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
  });

  it('is drained when those who were being gathered were refused for lateness', async () => {
    const { group, letGo } = gated({ gatherMs: 300 });
    const crowd = ['a', 'b'].map((job) => group.submit(job));
    await nextTurn();
    await letGo();
    await Promise.all(crowd);
    const late = errorOf(group.submit('late', { deadlineMs: 1 }));
    const drained = group.drain();
    expect(await late).toBeInstanceOf(DeadlinePassed);
    await drained;
  });
});
