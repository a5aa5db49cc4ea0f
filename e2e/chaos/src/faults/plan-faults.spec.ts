import { describe, expect, it } from '@jest/globals';
import { Dice } from '../run/dice.ts';
import { FAULTS } from './faults.ts';
import { UnknownFault, planFaults } from './plan-faults.ts';

const ALL = Object.keys(FAULTS);

describe('the plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    const plan = (seed: number) => planFaults(new Dice(seed), 30, ALL);
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  it('never breaks the same thing twice at once', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const busyUntil = new Map<string, number>();
      for (const { name, at, lastsMs } of planFaults(new Dice(seed), 30, ALL)) {
        const { target } = FAULTS[name]!;
        expect(at).toBeGreaterThanOrEqual(busyUntil.get(target) ?? 0);
        busyUntil.set(target, at + lastsMs);
      }
    }
  });

  it('uses only the faults that were asked for, and says which it does not know', () => {
    const plan = planFaults(new Dice(1), 30, ['kill-point']);
    expect(new Set(plan.map(({ name }) => name))).toEqual(new Set(['kill-point']));
    expect(() => planFaults(new Dice(1), 30, ['kill-all'])).toThrow(UnknownFault);
  });
});
