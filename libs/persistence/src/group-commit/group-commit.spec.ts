import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import type { BatchReport } from './batch-observer.ts';
import { GroupCommit } from './group-commit.ts';
import type { GroupCommitOptions } from './group-commit.ts';
import { BatchAnswersMismatch, DeadlinePassed, Overloaded } from './overloaded.ts';
import type { Settled } from './settle-batch.ts';

type Options = GroupCommitOptions<string, string>;

const ok = (value: string): Settled<string> => ({ ok: true, value });

/** A group whose batches wait until they are let go, one by one. */
function gated(options: Partial<Options> = {}): {
  group: GroupCommit<string, string>;
  batches: string[][];
  letGo: () => Promise<void>;
} {
  const batches: string[][] = [];
  const gates: (() => void)[] = [];
  const group = new GroupCommit<string, string>({
    name: 'test',
    batchMax: 3,
    queueMax: 5,
    run: async (jobs) => {
      batches.push([...jobs]);
      await new Promise<void>((resolve) => gates.push(resolve));
      return jobs.map((job) => ok(job.toUpperCase()));
    },
    ...options,
  });
  const letGo = async (): Promise<void> => {
    gates.shift()?.();
    await nextTurn();
  };
  return { group, batches, letGo };
}

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

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

  it('gives all jobs the error when the database is away, without trying the halves', async () => {
    const away = new DatabaseUnavailable('gone');
    const run = jest.fn<Options['run']>().mockRejectedValue(away);
    const { group } = gated({ run });
    const errors = await Promise.all(['a', 'b', 'c'].map((job) => errorOf(group.submit(job))));
    expect(errors).toEqual([away, away, away]);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('stops trying halves when the database goes away among them', async () => {
    const away = new DatabaseUnavailable('gone');
    const run = jest.fn<Options['run']>().mockRejectedValue(away);
    run.mockRejectedValueOnce(new Error('poison'));
    const { group } = gated({ run });
    const errors = await Promise.all(['a', 'b', 'c'].map((job) => errorOf(group.submit(job))));
    expect(errors).toEqual([away, away, away]);
    expect(run.mock.calls.map(([jobs]) => jobs.length)).toEqual([3, 2]);
  });

  it('never runs jobs again when their answers cannot be told apart', async () => {
    const run = jest.fn<Options['run']>().mockResolvedValue([ok('only one')]);
    const { group } = gated({ run });
    const errors = await Promise.all(['a', 'b'].map((job) => errorOf(group.submit(job))));
    expect(errors.every((error) => error instanceof BatchAnswersMismatch)).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
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
    for (const limits of [{ batchMax: 0 }, { queueMax: 0 }, { lanes: 1.5 }]) {
      expect(() => gated(limits)).toThrow(RangeError);
    }
  });
});
