import { describe, expect, it } from '@jest/globals';
import { lastLineOf, summaryOf } from './summary.mjs';
import type { Outcome } from './run-stage.mjs';

const unit: Outcome = {
  stage: 'unit',
  result: 'passed',
  durationMs: 1_234,
  tests: { passed: 40, failed: 0, skipped: 1 },
};
const lint: Outcome = { stage: 'lint', result: 'passed', durationMs: 9_000, tests: null };

describe('the last line', () => {
  it('adds up the tests of all stages', () => {
    const int: Outcome = { ...unit, stage: 'int', tests: { passed: 2, failed: 0, skipped: 0 } };
    expect(lastLineOf([lint, unit, int])).toBe('42 passed, 0 failed, 1 skipped');
  });

  it('counts failed tests once, not their stage on top', () => {
    const red: Outcome = { ...unit, result: 'failed', tests: { passed: 1, failed: 3, skipped: 0 } };
    expect(lastLineOf([red])).toBe('1 passed, 3 failed, 0 skipped');
  });

  it('shows a stage that failed without a test', () => {
    expect(lastLineOf([{ ...lint, result: 'failed' }, unit])).toBe(
      '40 passed, 1 failed, 1 skipped',
    );
  });

  it('shows a stage that was skipped', () => {
    const skipped: Outcome = { stage: 'int', result: 'skipped', durationMs: 0, tests: null };
    expect(lastLineOf([unit, skipped])).toBe('40 passed, 0 failed, 2 skipped');
  });
});

describe('the summary', () => {
  it('has a line for each stage with its time, and says why one failed', () => {
    const text = summaryOf([unit, { ...lint, result: 'failed', why: 'exit code 2' }]);
    expect(text).toMatch(
      /unit +passed +1\.2 s +40 tests\nlint +failed +9\.0 s .*exit code 2\nall +10\.2 s/,
    );
  });
});
