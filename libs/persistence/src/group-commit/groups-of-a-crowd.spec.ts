import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { gated } from '../spec/gated-group.ts';
import { Crowd } from './crowd.ts';
import type { GroupCommit } from './group-commit.ts';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

/** Each of them comes and has its answer at the end of its batch. */
function comers(
  crowd: Crowd,
  group: GroupCommit<string, string>,
): { readonly answers: Promise<string>[]; readonly come: (jobs: string) => void } {
  const answers: Promise<string>[] = [];
  const come = (jobs: string): void =>
    void answers.push(...[...jobs].map((job) => crowd.pass(() => group.submit(job))));
  return { answers, come };
}

describe('a crowd that goes on to other batches', () => {
  it('goes in groups: one begins as soon as it is complete, and the next when that has ended', async () => {
    const crowd = new Crowd({ groups: 2, groupMin: 2 });
    const { group, batches, letGo } = gated({
      gatherMs: 3,
      batchMax: 9,
      queueMax: 9,
      crowds: [crowd],
    });
    const { answers, come } = comers(crowd, group);
    come('abcdef');
    await nextTurn();
    expect(batches).toEqual([['a', 'b', 'c']]);
    await letGo();
    expect(batches.at(-1)).toEqual(['d', 'e', 'f']);
    // Those who have their answer come back, one after the other.
    come('gh');
    await letGo();
    expect(batches).toHaveLength(2);
    come('i');
    await nextTurn();
    expect(batches.at(-1)).toEqual(['g', 'h', 'i']);
    await letGo();
    // If one does not, the others do not wait for him for long.
    come('kl');
    await jest.advanceTimersByTimeAsync(2);
    expect(batches).toHaveLength(3);
    await jest.advanceTimersByTimeAsync(1);
    expect(batches.at(-1)).toEqual(['k', 'l']);
    await letGo();
    expect((await Promise.all(answers)).join('')).toBe('ABCDEFGHIKL');
  });

  it('waits longer for the last of a group than for whoever else may come, and not for ever', async () => {
    const crowd = new Crowd({ groups: 2, groupMin: 2, groupWaitMs: 12 });
    const { group, batches, letGo } = gated({
      ...{ gatherMs: 3, batchMax: 9, queueMax: 9 },
      crowds: [crowd],
    });
    const { answers, come } = comers(crowd, group);
    come('abcdef');
    await nextTurn();
    await letGo();
    await letGo();
    come('gh');
    await jest.advanceTimersByTimeAsync(11);
    expect(batches).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(batches.at(-1)).toEqual(['g', 'h']);
    await letGo();
    expect((await Promise.all(answers)).join('')).toBe('ABCDEFGH');
  });

  it('of an odd number waits for nobody in its smaller group: the others are all on their way', async () => {
    const crowd = new Crowd({ groups: 2, groupMin: 2, groupWaitMs: 12 });
    const { group, batches, letGo } = gated({ batchMax: 9, queueMax: 9, crowds: [crowd] });
    const onward = Promise.withResolvers<void>();
    const ways = [...'abcde'].map((job) =>
      crowd.pass(async () => {
        await group.submit(job);
        await onward.promise;
      }),
    );
    await nextTurn();
    await letGo();
    expect(batches).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
    await letGo();
    onward.resolve();
    await Promise.all(ways);
  });

  it('waits for nobody once all of it has come', async () => {
    const crowd = new Crowd({ groups: 2, groupMin: 16 });
    const { group, batches, letGo } = gated({ gatherMs: 3, crowds: [crowd] });
    for (const jobs of ['ab', 'cd']) {
      const answers = [...jobs].map((job) => crowd.pass(() => group.submit(job)));
      await nextTurn();
      await letGo();
      await Promise.all(answers);
    }
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
