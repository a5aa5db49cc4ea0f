import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { errorOf, gated, ok } from '../spec/gated-group.ts';
import type { BatchReport } from './batch-observer.ts';
import { DeadlinePassed, Overloaded } from './overloaded.ts';
import type { Settled } from './settle-batch.ts';

afterEach(() => void jest.useRealTimers());

describe('a group commit', () => {
  it('runs a lone job at once, and what arrives meanwhile together afterwards', async () => {
    const { group, batches, letGo } = gated();
    const first = group.submit('a');
    await nextTurn();
    const others = ['b', 'c', 'd', 'e'].map((job) => group.submit(job));
    expect([batches, group.depth]).toEqual([[['a']], 4]);
    await letGo();
    await letGo();
    await letGo();
    expect(batches).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
    expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(group.depth).toBe(0);
  });

  it('takes jobs that are submitted in one go as one batch', async () => {
    const { group, batches, letGo } = gated();
    const answers = ['a', 'b'].map((job) => group.submit(job));
    await nextTurn();
    await letGo();
    expect([batches, await Promise.all(answers)]).toEqual([[['a', 'b']], ['A', 'B']]);
  });

  it('refuses at once what does not fit into the queue, and takes more when there is room', async () => {
    const refused = jest.fn();
    const { group, letGo } = gated({ observe: { ran: () => {}, refused } });
    const first = group.submit('a');
    await nextTurn();
    const waiting = ['b', 'c', 'd', 'e', 'f'].map((job) => group.submit(job));
    const error = await errorOf(group.submit('g'));
    expect(error).toBeInstanceOf(Overloaded);
    expect(error).toMatchObject({ code: 'OVERLOADED', retryAfterS: 1 });
    expect(refused).toHaveBeenCalledWith('test', 'overloaded');
    await letGo();
    const later = group.submit('h');
    await letGo();
    await letGo();
    await letGo();
    expect((await Promise.all([first, ...waiting, later])).join('')).toBe('ABCDEFH');
  });

  it('gives each job its own answer, and a refusal to the refused one only', async () => {
    const no = new Error('no');
    const { group } = gated({
      run: async (jobs) => jobs.map((job) => (job === 'bad' ? { ok: false, error: no } : ok(job))),
    });
    const answers = ['a', 'bad', 'b'].map((job) => group.submit(job));
    expect(await Promise.all(answers.map((answer) => answer.catch((e: unknown) => e)))).toEqual([
      'a',
      no,
      'b',
    ]);
  });

  it('gives up nobody else when a job waits beyond its deadline, though the batch hangs', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    const { group, batches, letGo } = gated();
    const hanging = group.submit('hangs', { deadlineMs: 100 });
    await nextTurn();
    const late = errorOf(group.submit('late', { deadlineMs: 500 }));
    const patient = group.submit('patient', { deadlineMs: 60_000 });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await late).toBeInstanceOf(DeadlinePassed);
    expect(group.depth).toBe(1);
    await letGo();
    await letGo();
    expect(await Promise.all([hanging, patient])).toEqual(['HANGS', 'PATIENT']);
    expect(batches).toEqual([['hangs'], ['patient']]);
  });

  it('runs batches in no request’s asynchronous context', async () => {
    const request = new AsyncLocalStorage<string>();
    const { group } = gated({
      run: async (jobs) => jobs.map(() => ok(request.getStore() ?? 'none')),
    });
    expect(await request.run('the first', () => group.submit('a'))).toBe('none');
    expect(
      await request.run('mine', async () => group.submit('a').then(() => request.getStore())),
    ).toBe('mine');
  });

  it('is drained when nothing waits and nothing runs', async () => {
    const { group, letGo } = gated({ batchMax: 1 });
    await group.drain();
    const answers = ['a', 'b'].map((job) => group.submit(job));
    const steps: string[] = [];
    const drained = group.drain().then(() => steps.push('drained'));
    for (let job = 1; job <= 2; job++) {
      await nextTurn();
      steps.push(`let go ${job}`);
      await letGo();
    }
    await Promise.all([drained, ...answers]);
    expect(steps).toEqual(['let go 1', 'let go 2', 'drained']);
  });

  it('reports every batch', async () => {
    const reports: BatchReport[] = [];
    const run = async (jobs: readonly string[]): Promise<Settled<string>[]> => {
      if (jobs.includes('bad')) throw new Error('bad');
      return jobs.map(ok);
    };
    const { group } = gated({ run, observe: { ran: (report) => reports.push(report) } });
    await Promise.all(['a', 'bad'].map((job) => errorOf(group.submit(job))));
    expect(reports.map(({ name, size, outcome }) => [name, size, outcome])).toEqual([
      ['test', 2, 'split'],
      ['test', 1, 'done'],
      ['test', 1, 'failed'],
    ]);
  });

  it('refuses limits that make no sense', () => {
    for (const limits of [{ batchMax: 0 }, { queueMax: 0 }, { lanes: 1.5 }, { parallel: 0 }]) {
      expect(() => gated(limits)).toThrow(RangeError);
    }
  });
});
