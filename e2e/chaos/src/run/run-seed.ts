import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { planFaults } from '../faults/plan-faults.ts';
import { strikeFaults } from '../faults/strike-faults.ts';
import { Caller } from '../load/caller.ts';
import type { Desk } from '../load/desk.ts';
import { History } from '../load/history.ts';
import { settle } from '../load/look-up.ts';
import { prepareWorld, runLoad } from '../load/run-load.ts';
import { World } from '../load/world.ts';
import type { Facts, Violation } from '../oracle/facts.ts';
import { judge } from '../oracle/judge.ts';
import { readFacts } from '../oracle/read-facts.ts';
import type { PrivateServers } from '../system/private-servers.ts';
import { System } from '../system/system.ts';
import { Dice } from './dice.ts';
import { SETTLE_WITHIN_MS, deadLetters, quiesce } from './quiesce.ts';
import { NeverCameTrue } from './until.ts';
import { linesOf } from './run-report.ts';
import type { RunReport } from './run-report.ts';

/** How long a run waits before it accuses. */
export interface Patience {
  /** Time for the dust to settle. */
  readonly settleWithinMs: number;
  /** A message may be in a reader's hand, where nobody can count it: so often the oracle looks again. */
  readonly looksMax: number;
}

/** One run of one seed. */
export interface RunOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: readonly string[];
  readonly replicas: number;
  readonly clients: number;
  readonly folder: string;
  readonly programs: string;
  /** Whose migrations lay the databases; else those of the same programs. */
  readonly migrations?: string;
  readonly servers: PrivateServers;
  /** What follows the faults may take less of it where it is known to end badly. */
  readonly patience?: Patience;
  /** Leaves the databases behind. */
  readonly keep: boolean;
}

const PAUSE_MAX_MS = 160;
const LOOK_AGAIN_MS = 1_000;
const USUAL_PATIENCE: Patience = { settleWithinMs: SETTLE_WITHIN_MS, looksMax: 10 };

/** Load and faults, then quiet, then judgement. */
export async function runSeed(options: RunOptions): Promise<RunReport> {
  const { seed, seconds, patience = USUAL_PATIENCE } = options;
  const folder = join(options.folder, `seed-${seed}`);
  mkdirSync(folder, { recursive: true });
  const dice = new Dice(seed);
  const startedAt = performance.now();
  const system = await System.start({ ...options, folder, label: `c${seed}`, dice });
  const history = new History(join(folder, 'history.ndjson'));
  try {
    const desk: Desk = {
      system,
      dice: dice.fork('load'),
      world: new World(),
      caller: new Caller(history),
    };
    await prepareWorld(desk);
    const readyAfterMs = Math.round(performance.now() - startedAt);
    const plan = planFaults(dice.fork('plan'), seconds, options.faults);
    const over = new AbortController();
    const load = runLoad(desk, { clients: options.clients, pauseMaxMs: PAUSE_MAX_MS }, over.signal);
    const [faults] = await Promise.all([
      strikeFaults(system, plan, dice.fork('faults')),
      wait(seconds * 1_000),
    ]);
    system.liftAll();
    over.abort();
    await load;
    const end = await settleDust(desk, patience.settleWithinMs);
    const { facts, violations } = await judgeWhenStill(system, history, patience.looksMax);
    const violated = [...end.violations, ...violations];
    const report = {
      ...{ seed, seconds, faults, folder, readyAfterMs, settledAfterMs: end.settledAfterMs },
      attempts: history.attempts,
      deals: facts.deals.length,
      members: facts.members.length,
      violations: violated,
    };
    writeFileSync(join(folder, 'report.txt'), `${linesOf(report).join('\n')}\n`);
    return report;
  } finally {
    await system.stop();
    await history.close();
    if (!options.keep) await system.forget();
  }
}

/** Waits for quiet, settles what is left of the month, twice at once, and waits again. */
async function settleDust(
  desk: Desk,
  withinMs: number,
): Promise<{ settledAfterMs: number | null; violations: Violation[] }> {
  const { system, world } = desk;
  const violations: Violation[] = [];
  let settledAfterMs: number | null = null;
  try {
    settledAfterMs = await quiesce(system, withinMs);
    await Promise.all(
      [...world.merchants, ...world.merchants].map((merchantId) => settle(desk, merchantId)),
    );
    await quiesce(system, withinMs);
  } catch (error) {
    if (!(error instanceof NeverCameTrue)) throw error;
    violations.push({ promise: 'P4', rule: 'the dust did not settle', example: error.message });
  }
  const accuse = (promise: string, rule: string, example: string): void => {
    violations.push({ promise, rule, example });
  };
  for (const queue of await deadLetters(system)) accuse('P4', 'a message was set aside', queue);
  for (const death of system.deaths) accuse('P3', 'a service ended by itself', death);
  return { settledAfterMs, violations };
}

async function judgeWhenStill(
  system: System,
  history: History,
  looksMax: number,
): Promise<{ facts: Facts; violations: Violation[] }> {
  for (let looks = 1; ; looks += 1) {
    const facts = await readFacts(system.databaseUrl, system.databasePrefix);
    const violations = judge(facts, history.attempts);
    if (violations.length === 0 || looks === looksMax) return { facts, violations };
    await wait(LOOK_AGAIN_MS);
  }
}
