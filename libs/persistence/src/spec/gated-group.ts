import { setImmediate as nextTurn } from 'node:timers/promises';
import { GroupCommit } from '../group-commit/group-commit.ts';
import type { GroupCommitOptions } from '../group-commit/group-commit-options.ts';
import type { Settled } from '../group-commit/settle-batch.ts';

export type Options = GroupCommitOptions<string, string>;

export const ok = (value: string): Settled<string> => ({ ok: true, value });

/** A group whose batches wait until they are let go, one by one. */
export function gated(options: Partial<Options> = {}): {
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

/** What a promise is rejected with. */
export const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
