import { describe, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from '../errors/database-unavailable.ts';
import { errorOf, gated, ok } from '../spec/gated-group.ts';
import type { Options } from '../spec/gated-group.ts';
import { BatchAnswersMismatch } from './overloaded.ts';

describe('a batch that fails as a whole', () => {
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
});
