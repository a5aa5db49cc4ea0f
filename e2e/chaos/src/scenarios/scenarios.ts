import { WrongOptions } from '../run/options.ts';
import { cancelFlood } from './cancel-flood.ts';
import { clawback } from './clawback.ts';
import { memberAlone } from './member-alone.ts';
import { overload } from './overload.ts';
import { seedBreaker } from './seed-breaker.ts';
import type { Scenario, Stage } from './stage.ts';
import { withdrawal } from './withdrawal.ts';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'member-alone': memberAlone,
  'cancel-flood': cancelFlood,
  'seed-breaker': seedBreaker,
  overload,
  clawback,
  withdrawal,
};

/** Plays the scenario that was asked for. */
export async function runScenario(stage: Stage): Promise<boolean> {
  const scenario = SCENARIOS[stage.options.scenario ?? ''];
  if (scenario === undefined) {
    const names = Object.keys(SCENARIOS).join(', ');
    throw new WrongOptions(`there is no scenario ${stage.options.scenario}; there are ${names}`);
  }
  const isGood = await scenario(stage);
  stage.say(isGood ? 'everything held' : 'not everything held: see the lines marked ✗');
  return isGood;
}
