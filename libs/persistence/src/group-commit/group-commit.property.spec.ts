import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Crowd } from './crowd.ts';
import { GroupCommit } from './group-commit.ts';
import { Overloaded } from './overloaded.ts';
import type { Settled } from './settle-batch.ts';

interface Job {
  readonly number: number;
  readonly lane: number;
  /** Makes the whole batch fail that it is in. */
  readonly poison: boolean;
  /** Whether the submitter lets others go first before the next job. */
  readonly pause: boolean;
}

const jobsArbitrary = fc
  .array(fc.record({ lane: fc.nat(6), poison: fc.boolean(), pause: fc.boolean() }), {
    maxLength: 60,
  })
  .chain((jobs) => {
    const numbered = jobs.map((job, number) => ({ ...job, number }));
    // Batches without any poison have to be common too.
    return fc
      .boolean()
      .map((none) => numbered.map((job) => ({ ...job, poison: !none && job.poison })));
  });

/** A database in small: a batch applies as a whole or not at all. */
class Ledger {
  readonly applied: Job[] = [];
  readonly sizes: number[] = [];
  overlaps = 0;
  private readonly running = new Set<number>();

  constructor(private readonly lanes: number) {}

  async run(jobs: readonly Job[]): Promise<Settled<number>[]> {
    const lanes = new Set(jobs.map((job) => job.lane % this.lanes));
    for (const lane of lanes) if (this.running.has(lane)) this.overlaps += 1;
    for (const lane of lanes) this.running.add(lane);
    this.sizes.push(jobs.length);
    await nextTurn();
    for (const lane of lanes) this.running.delete(lane);
    const bad = jobs.find((job) => job.poison);
    if (bad) throw new Error(`poison ${bad.number}`);
    this.applied.push(...jobs);
    return jobs.map((job) => ({ ok: true, value: job.number }));
  }
}

async function submitAll(
  group: GroupCommit<Job, number>,
  jobs: readonly Job[],
  crowds: readonly Crowd[] = [],
): Promise<PromiseSettledResult<number>[]> {
  const answers: Promise<PromiseSettledResult<number>[]>[] = [];
  for (const job of jobs) {
    const crowd = crowds[job.lane % crowds.length];
    const submit = (): Promise<number> => group.submit(job);
    answers.push(Promise.allSettled([crowd ? crowd.pass(submit) : submit()]));
    if (job.pause) await nextTurn();
  }
  return (await Promise.all(answers)).flat();
}

describe('group commit, whatever is submitted', () => {
  it('runs every job exactly once, in the order of its lane, in bounded batches, and singles out the bad', async () => {
    await fc.assert(
      fc.asyncProperty(
        jobsArbitrary,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.option(
          fc.record({
            groups: fc.integer({ min: 1, max: 3 }),
            groupMin: fc.integer({ min: 1, max: 4 }),
            groupWaitMs: fc.integer({ min: 0, max: 2 }),
          }),
        ),
        async (jobs, batchMax, lanes, cut) => {
          const ledger = new Ledger(lanes);
          const crowds = cut === null ? [] : Array.from({ length: lanes }, () => new Crowd(cut));
          const group = new GroupCommit<Job, number>({
            name: 'ledger',
            batchMax,
            queueMax: 100,
            lanes,
            laneOf: (job) => job.lane,
            ...{ crowds, gatherMs: cut === null ? 0 : 1 },
            run: (batch) => ledger.run(batch),
          });
          const answers = await submitAll(group, jobs, crowds);
          await group.drain();

          const outcomes = answers.map((answer) =>
            answer.status === 'fulfilled' ? answer.value : String(answer.reason),
          );
          expect(outcomes).toEqual(
            jobs.map((job) => (job.poison ? `Error: poison ${job.number}` : job.number)),
          );
          for (let lane = 0; lane < lanes; lane++) {
            const ofLane = (job: Job): boolean => job.lane % lanes === lane;
            const good = jobs.filter((job) => !job.poison && ofLane(job));
            expect(ledger.applied.filter(ofLane)).toEqual(good);
          }
          expect(Math.max(0, ...ledger.sizes)).toBeLessThanOrEqual(batchMax);
          expect([ledger.overlaps, group.depth]).toEqual([0, 0]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never lets more wait than the queue holds, and answers all it has taken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        async (pauses, queueMax) => {
          const ledger = new Ledger(1);
          const group = new GroupCommit<Job, number>({
            name: 'ledger',
            batchMax: 2,
            queueMax,
            run: (batch) => ledger.run(batch),
          });
          let deepest = 0;
          const jobs = pauses.map((pause, number) => ({ number, lane: 0, poison: false, pause }));
          const watch = { get: () => (deepest = Math.max(deepest, group.depth)) };
          const answers = await submitAll(
            group,
            jobs.map((job) => (watch.get(), job)),
          );
          watch.get();
          const refused = answers.filter((answer) => answer.status === 'rejected');
          expect(refused.every((answer) => answer.reason instanceof Overloaded)).toBe(true);
          expect(deepest).toBeLessThanOrEqual(queueMax);
          expect(ledger.applied).toHaveLength(jobs.length - refused.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});
