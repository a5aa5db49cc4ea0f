import { setTimeout as wait } from 'node:timers/promises';
import type { Dice } from '../run/dice.ts';
import type { System } from '../system/system.ts';
import { FAULTS } from './faults.ts';
import type { PlannedFault } from './plan-faults.ts';

/** A fault as it really was. */
export interface StruckFault extends PlannedFault {
  /** Milliseconds from the blow to when everything was mended. */
  readonly mendedAfterMs: number;
  /** What went wrong with the fault itself; null: nothing. */
  readonly trouble: string | null;
}

/** Carries out the plan; resolves when the last fault is mended. */
export function strikeFaults(
  system: System,
  plan: readonly PlannedFault[],
  dice: Dice,
): Promise<StruckFault[]> {
  const busy = new Map<string, Promise<unknown>>();
  return Promise.all(
    plan.map(async (fault) => {
      const { target, strike } = FAULTS[fault.name]!;
      const own = dice.fork(`${fault.name} at ${fault.at}`);
      await wait(fault.at);
      // Mending may have taken longer than planned.
      while (busy.has(target)) await busy.get(target);
      const startedAt = performance.now();
      let trouble: string | null = null;
      const struck = strike(system, fault.lastsMs, own).catch((error: unknown) => {
        trouble = String(error);
      });
      busy.set(target, struck);
      await struck;
      busy.delete(target);
      return { ...fault, trouble, mendedAfterMs: Math.round(performance.now() - startedAt) };
    }),
  );
}
