import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Caller } from '../load/caller.ts';
import type { Desk } from '../load/desk.ts';
import { History } from '../load/history.ts';
import { prepareWorld } from '../load/run-load.ts';
import { World } from '../load/world.ts';
import { judge } from '../oracle/judge.ts';
import { readFacts } from '../oracle/read-facts.ts';
import { Dice } from '../run/dice.ts';
import type { ChaosOptions } from '../run/options.ts';
import { deadLetters, quiesce } from '../run/quiesce.ts';
import type { PrivateServers } from '../system/private-servers.ts';
import { System } from '../system/system.ts';
import type { SystemOptions } from '../system/system-options.ts';

/** What a scenario is given. */
export interface Stage {
  readonly options: ChaosOptions;
  readonly folder: string;
  readonly programs: string;
  readonly servers: PrivateServers;
  readonly say: (line: string) => void;
}

/** One scenario; whether everything that it promises held. */
export type Scenario = (stage: Stage) => Promise<boolean>;

/** What is expected of a scenario, one by one. */
export class Checks {
  isAllGood = true;

  constructor(readonly say: (line: string) => void) {}

  expect(what: string, isMet: boolean, seen: string | number): void {
    this.isAllGood &&= isMet;
    this.say(`  ${isMet ? '✓' : '✗'} ${what}: ${seen}`);
  }
}

const VIOLATIONS_SHOWN = 5;

/**
 * Starts a system of its own, lets the scenario act on it, waits for quiet, and asks the oracle.
 */
export async function play(
  stage: Stage,
  label: string,
  how: Pick<SystemOptions, 'env' | 'isStraight'>,
  act: (desk: Desk, checks: Checks, history: History) => Promise<void>,
): Promise<boolean> {
  const folder = join(stage.folder, label);
  mkdirSync(folder, { recursive: true });
  const dice = new Dice(stage.options.seed);
  const checks = new Checks(stage.say);
  const system = await System.start({ ...stage, folder, label, dice, replicas: 1, ...how });
  const history = new History(join(folder, 'history.ndjson'));
  try {
    const desk = { system, dice, world: new World(), caller: new Caller(history) };
    await prepareWorld(desk);
    await act(desk, checks, history);
    const settledAfterMs = await quiesce(system);
    checks.expect('nothing is under way any more after', true, `${settledAfterMs} ms`);
    const facts = await readFacts(system.databaseUrl, system.databasePrefix);
    const violations = judge(facts, history.attempts);
    const dead = await deadLetters(system);
    checks.expect('promises the oracle finds broken', violations.length === 0, violations.length);
    checks.expect('messages set aside', dead.length === 0, dead.length);
    checks.expect(
      'services that ended by themselves',
      system.deaths.length === 0,
      system.deaths.length,
    );
    for (const { promise, rule, example } of violations.slice(0, VIOLATIONS_SHOWN)) {
      stage.say(`    ${promise} ${rule}: ${example}`);
    }
  } finally {
    await system.stop();
    await history.close();
    if (!stage.options.keep) await system.forget();
  }
  return checks.isAllGood;
}
