import { describe, expect, it } from '@jest/globals';
import type { Figure, Measure } from './bench-report.ts';
import { goalRows, verdictOf } from './goals.ts';

const ratio = (value: number): Figure => ({
  ...{ what: 'ratio', value, unit: '×', better: 'more', goal: 3 },
});
const seconds = (value: number): Figure => ({
  ...{ what: 'settled in', value, unit: 's', better: 'less', goal: 10 },
});
const measure = (figures: readonly Figure[], atGoalSize = true): Measure => ({
  ...{ id: 'S1', atGoalSize, figures },
});

describe('a goal', () => {
  it('is reached on its own side of the line, the line included', () => {
    expect(verdictOf(measure([ratio(3)]))).toBe('reached');
    expect(verdictOf(measure([ratio(2.999)]))).toBe('not reached');
    expect(verdictOf(measure([seconds(10)]))).toBe('reached');
    expect(verdictOf(measure([seconds(10.1)]))).toBe('not reached');
  });

  it('of two figures is reached when both are', () => {
    expect(verdictOf(measure([ratio(4), seconds(1)]))).toBe('reached');
    expect(verdictOf(measure([ratio(4), seconds(11)]))).toBe('not reached');
  });

  it('is not reached by something that could not be measured', () => {
    expect(verdictOf(measure([ratio(Number.NaN)]))).toBe('not reached');
  });

  it('is never claimed from a run that was smaller than it asks for, or was not made', () => {
    expect(verdictOf(measure([ratio(9)], false))).toBe('too small to say');
    expect(verdictOf(undefined)).toBe('not run');
  });
});

describe('the table of goals', () => {
  it('has a row for each, and says how to run what was left out', () => {
    const beside: Figure = { what: 'OnePoint', value: 4_321, unit: '/s', better: 'more' };
    const rows = goalRows([measure([ratio(0.61), beside])]);
    expect(rows).toHaveLength(9);
    expect(rows[0]?.slice(3)).toEqual(['×0.610 (OnePoint 4,321 /s)', 'not reached']);
    expect(rows[7]?.slice(3)).toEqual(['npm run bench -- --only S8', 'not run']);
  });
});
