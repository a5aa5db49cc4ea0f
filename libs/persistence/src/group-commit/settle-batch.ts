import { BatchAnswersMismatch } from './overloaded.ts';
import type { BatchReport } from './batch-observer.ts';
import type { Waiting } from './lane.ts';

/** One job's own outcome: a refused job does not fail the batch it is in. */
export type Settled<Result> =
  { readonly ok: true; readonly value: Result } | { readonly ok: false; readonly error: unknown };

/** How batches are run, and what is told about them. */
export interface BatchRunner<Job, Result> {
  readonly name: string;
  readonly run: (jobs: readonly Job[]) => Promise<readonly Settled<Result>[]>;
  readonly isPoison: (error: unknown) => boolean;
  readonly report: (
    batch: readonly Waiting<Job, Result>[],
    at: number,
    how: BatchReport['outcome'],
  ) => void;
}

/** Why no further batch can do better now. */
interface Away {
  readonly error: unknown;
}

/**
 * Runs a batch and answers every job of it. If it fails as a whole and that may be the fault of one
 * job, its halves are run one after the other, until the bad one stands alone with its error (P15).
 * If the database is away no half would do better: all get that error, which is given back too.
 */
export async function settleBatch<Job, Result>(
  runner: BatchRunner<Job, Result>,
  batch: readonly Waiting<Job, Result>[],
): Promise<Away | undefined> {
  const startedMs = performance.now();
  let answers: readonly Settled<Result>[];
  try {
    answers = await runner.run(batch.map((waiting) => waiting.job));
  } catch (error) {
    const isPoison = runner.isPoison(error);
    const splits = isPoison && batch.length > 1;
    runner.report(batch, startedMs, splits ? 'split' : 'failed');
    if (splits) return settleHalves(runner, batch);
    rejectAll(batch, error);
    return isPoison ? undefined : { error };
  }
  if (answers.length !== batch.length) {
    // It may have been committed: running it again could do it twice.
    runner.report(batch, startedMs, 'failed');
    rejectAll(batch, new BatchAnswersMismatch(runner.name, batch.length, answers.length));
    return undefined;
  }
  runner.report(batch, startedMs, 'done');
  answerEach(batch, answers);
  return undefined;
}

async function settleHalves<Job, Result>(
  runner: BatchRunner<Job, Result>,
  batch: readonly Waiting<Job, Result>[],
): Promise<Away | undefined> {
  const middle = Math.ceil(batch.length / 2);
  const rest = batch.slice(middle);
  const away = await settleBatch(runner, batch.slice(0, middle));
  if (!away) return settleBatch(runner, rest);
  rejectAll(rest, away.error);
  return away;
}

function rejectAll<Job, Result>(batch: readonly Waiting<Job, Result>[], error: unknown): void {
  for (const waiting of batch) waiting.reject(error);
}

function answerEach<Job, Result>(
  batch: readonly Waiting<Job, Result>[],
  answers: readonly Settled<Result>[],
): void {
  batch.forEach((waiting, at) => {
    const answer = answers[at];
    if (answer?.ok) waiting.resolve(answer.value);
    else waiting.reject(answer?.error);
  });
}
