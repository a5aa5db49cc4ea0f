/** @typedef {import('./run-stage.mjs').Outcome} Outcome */

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;

/** One line for each stage. @param {readonly Outcome[]} outcomes */
export function summaryOf(outcomes) {
  const rows = outcomes.map(({ stage, result, durationMs, tests, why }) => {
    const counts = tests === null ? '' : `${tests.passed + tests.failed} tests`;
    const cells = [
      stage.padEnd(10),
      result.padEnd(8),
      seconds(durationMs).padStart(8),
      counts.padStart(12),
    ];
    return `${cells.join('  ')}${why === undefined ? '' : `  ${why}`}`;
  });
  const totalMs = outcomes.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return [...rows, `${'all'.padEnd(10)}  ${''.padEnd(8)}  ${seconds(totalMs).padStart(8)}`].join(
    '\n',
  );
}

/**
 * The last line of every run: `N passed, N failed, N skipped`, in tests. A stage that failed without a failed test
 * (format, lint, a crash) counts as one failure, and one that was skipped as one skip, so that the line never looks
 * better than the run was.
 * @param {readonly Outcome[]} outcomes
 */
export function lastLineOf(outcomes) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const { result, tests } of outcomes) {
    passed += tests?.passed ?? 0;
    failed += tests?.failed ?? 0;
    skipped += tests?.skipped ?? 0;
    if (result === 'failed' && (tests?.failed ?? 0) === 0) failed += 1;
    if (result === 'skipped') skipped += 1;
  }
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
