import type { Dice } from '../run/dice.ts';
import { FAULTS } from './faults.ts';

/** One fault of a run. */
export interface PlannedFault {
  readonly name: string;
  /** Milliseconds since the load began. */
  readonly at: number;
  readonly lastsMs: number;
}

/** There is no fault of that name. */
export class UnknownFault extends Error {
  override readonly name = 'UnknownFault';
}

/** How many faults follow each other side by side. */
const LANES = 2;
const CALM_MS = { least: 300, most: 1_500 };

/** What breaks when, as the seed has it: two series side by side that never touch the same thing. */
export function planFaults(dice: Dice, seconds: number, names: readonly string[]): PlannedFault[] {
  const wrong = names.find((name) => FAULTS[name] === undefined);
  if (wrong !== undefined) {
    throw new UnknownFault(`${wrong}; there are ${Object.keys(FAULTS).join(', ')}`);
  }
  if (names.length === 0) return [];
  const planned: PlannedFault[] = [];
  for (let lane = 0; lane < LANES; lane += 1) {
    let at = dice.between(500, 1_500);
    while (at < seconds * 1_000 - 1_000) {
      const name = dice.pick(names);
      const { least, most } = FAULTS[name]!.lastsMs;
      const fault = { name, at, lastsMs: dice.between(least, most) };
      if (!planned.some((other) => meets(other, fault))) planned.push(fault);
      at += fault.lastsMs + dice.between(CALM_MS.least, CALM_MS.most);
    }
  }
  return planned.sort((a, b) => a.at - b.at);
}

/** Mending takes a while: starting a process or a server again. */
const MENDING_MS = 4_000;

function meets(one: PlannedFault, other: PlannedFault): boolean {
  if (FAULTS[one.name]!.target !== FAULTS[other.name]!.target) return false;
  const [first, second] = one.at <= other.at ? [one, other] : [other, one];
  return second.at < first.at + first.lastsMs + MENDING_MS;
}
