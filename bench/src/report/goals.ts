import { figureText, withUnit } from './figure-text.ts';
import { goalIds } from './bench-report.ts';
import type { Figure, GoalId, Measure } from './bench-report.ts';

/** What a goal asks for, in words. */
export interface Goal {
  readonly measure: string;
  readonly goal: string;
  /** How to measure it, when it was left out. */
  readonly how: string;
}

export const goals: Readonly<Record<GoalId, Goal>> = {
  S1: { measure: "uses/s at 64 clients ÷ the floor's", goal: '≥ 3', how: '--only S1' },
  S2: { measure: "p50 of a use at 1 client ÷ the floor's", goal: '≤ 1.5', how: '--only S2' },
  S3: {
    measure: 'after 30 s at full load, until billing and dashboard have everything',
    goal: '≤ 2 s',
    how: '--only S3',
  },
  S4: {
    measure: 'events/s a projection applies on rebuild',
    goal: '≥ 15,000',
    how: '--only S4',
  },
  S5: {
    measure: "p99 of the dashboard's queries at 5 M deals ÷ at 100 k",
    goal: '≤ 1.5',
    how: '--only S5',
  },
  S6: {
    measure: 'settling a month with 1 M lines of one merchant',
    goal: '≤ 10 s, memory flat',
    how: '--only S6',
  },
  S7: { measure: 'p99 of sign-ups in a deal flood ÷ idle', goal: '≤ 3', how: '--only S7' },
  S8: {
    measure: 'uses/s with 1 M members and 10 M deals stored ÷ with 10 k and none',
    goal: '≥ 0.8',
    how: '--only S8',
  },
  S9: {
    measure: 'standalone: built to ready; resident memory',
    goal: '≤ 3 s; ≤ 250 MB',
    how: '--only S9',
  },
};

export type Verdict = 'reached' | 'not reached' | 'not run' | 'too small to say';

/** Whether a measure came to what its goal asks for: every figure that has one. */
export function verdictOf(measure: Measure | undefined): Verdict {
  if (measure === undefined) return 'not run';
  const asked = measure.figures.filter(({ goal }) => goal !== undefined);
  if (asked.length === 0) return 'not run';
  if (!measure.atGoalSize) return 'too small to say';
  return asked.every(reaches) ? 'reached' : 'not reached';
}

function reaches({ value, goal = Number.NaN, better }: Figure): boolean {
  // NaN reaches nothing.
  return better === 'more' ? value >= goal : value <= goal;
}

/** A row for each goal: measure, goal, measured, verdict. */
export function goalRows(measures: readonly Measure[]): string[][] {
  return goalIds.map((id) => {
    const measure = measures.find((each) => each.id === id);
    const { measure: what, goal, how } = goals[id];
    const verdict = verdictOf(measure);
    const measured = measure === undefined ? `npm run bench -- ${how}` : measuredText(measure);
    return [id, what, goal, measured, verdict];
  });
}

function measuredText({ figures }: Measure): string {
  const asked = figures.filter(({ goal }) => goal !== undefined);
  const others = figures.filter(({ goal, isDetail }) => goal === undefined && !isDetail);
  const text = asked.map(({ value, unit }) => withUnit(value, unit)).join('; ');
  const beside = others.map(({ what, value, unit }) => `${what} ${withUnit(value, unit)}`);
  return beside.length === 0 ? text : `${text} (${beside.join(', ')})`;
}

/** A share of one core as people read it. */
export function shareText(share: number): string {
  return Number.isFinite(share) ? `${figureText(share * 100)} %` : '–';
}
