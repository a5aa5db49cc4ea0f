import { Injectable } from '@nestjs/common';
import { GroupCommit } from '@onepoint/persistence';
import { batchObserver, Clock, Metrics } from '@onepoint/platform';
import { Billings } from '../domain/billings.ts';
import type { RunPlan } from '../domain/plan-run.ts';

/** Runs of one transaction at most: as many billings are locked meanwhile. */
const BATCH_MAX = 64;
/** Runs that may wait for their batch; beyond it callers are told to come back (P14). */
const QUEUE_MAX = 1_000;

/** Gathers the runs that are ready at the same time into one transaction (group commit). */
@Injectable()
export class CommitRuns {
  private readonly commits: GroupCommit<RunPlan, boolean>;

  constructor(billings: Billings, clock: Clock, metrics: Metrics) {
    this.commits = new GroupCommit<RunPlan, boolean>({
      name: 'billing-runs',
      batchMax: BATCH_MAX,
      queueMax: QUEUE_MAX,
      run: async (plans) => {
        const made = await billings.settle(plans, clock.now());
        return made.map((value) => ({ ok: true as const, value }));
      },
      observe: batchObserver(metrics),
    });
  }

  /** Makes a run stand; false when another run came first. */
  commit(plan: RunPlan): Promise<boolean> {
    return this.commits.submit(plan);
  }
}
