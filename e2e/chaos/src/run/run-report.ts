import type { Attempt, AttemptEnd } from '../load/history.ts';
import type { StruckFault } from '../faults/strike-faults.ts';
import type { Violation } from '../oracle/facts.ts';

/** What one run was and what came of it. */
export interface RunReport {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: readonly StruckFault[];
  readonly attempts: readonly Attempt[];
  readonly deals: number;
  readonly members: number;
  /** Milliseconds until everything ran and the first members had their points. */
  readonly readyAfterMs: number;
  /** Milliseconds from lifting the last fault until nothing was under way. */
  readonly settledAfterMs: number | null;
  readonly violations: readonly Violation[];
  readonly folder: string;
}

const EXAMPLES_MAX = 2;
const ENDS: readonly AttemptEnd[] = ['ok', 'refused', 'failed', 'unsent', 'unknown'];

/** A run in lines for people. */
export function linesOf(report: RunReport): string[] {
  const { seed, seconds, attempts, faults, settledAfterMs } = report;
  return [
    `seed ${seed}: ${attempts.length} requests in ${seconds} s of faults, ${report.deals} deals, ${report.members} members (ready after ${(report.readyAfterMs / 1_000).toFixed(1)} s)`,
    ...faults.map(
      ({ name, at, lastsMs, mendedAfterMs, trouble }) =>
        `  ${(at / 1_000).toFixed(1).padStart(5)} s  ${name.padEnd(22)} ${lastsMs} ms, mended after ${mendedAfterMs} ms${trouble === null ? '' : `; trouble: ${trouble}`}`,
    ),
    ...tableOf(attempts),
    settledAfterMs === null
      ? '  the dust did not settle'
      : `  nothing under way ${(settledAfterMs / 1_000).toFixed(1)} s after the last fault`,
    ...violationLines(report.violations),
    `  history and logs: ${report.folder}`,
  ];
}

function tableOf(attempts: readonly Attempt[]): string[] {
  const byIntent = Map.groupBy(attempts, ({ intent }) => intent);
  const header = `  ${'requests'.padEnd(14)}${ENDS.map((end) => end.padStart(9)).join('')}`;
  const rows = [...byIntent].map(([intent, own]) => {
    const counts = ENDS.map((end) => own.filter((each) => each.end === end).length);
    return `  ${intent.padEnd(14)}${counts.map((count) => String(count).padStart(9)).join('')}`;
  });
  return [header, ...rows];
}

function violationLines(violations: readonly Violation[]): string[] {
  if (violations.length === 0) return ['  every promise held'];
  const groups = Map.groupBy(violations, ({ promise, rule }) => `${promise} ${rule}`);
  return [...groups].flatMap(([name, own]) => [
    `  VIOLATED ${name}: ${own.length} times`,
    ...own.slice(0, EXAMPLES_MAX).map(({ example }) => `    ${example}`),
  ]);
}

/** Many runs as one table. */
export function summaryOf(reports: readonly RunReport[]): string[] {
  const header =
    'seed      faults  requests     ok  refused  failed  unknown  deals  settled  violations';
  const rows = reports.map((report) => {
    const count = (...ends: AttemptEnd[]): number =>
      report.attempts.filter(({ end }) => ends.includes(end)).length;
    const settled = report.settledAfterMs;
    return [
      String(report.seed).padEnd(10),
      String(report.faults.length).padStart(6),
      String(report.attempts.length).padStart(10),
      String(count('ok')).padStart(7),
      String(count('refused')).padStart(9),
      String(count('failed')).padStart(8),
      String(count('unknown', 'unsent')).padStart(9),
      String(report.deals).padStart(7),
      (settled === null ? 'never' : `${(settled / 1_000).toFixed(1)} s`).padStart(9),
      String(report.violations.length).padStart(12),
    ].join('');
  });
  const broken = new Set(
    reports.flatMap(({ violations }) => violations.map(({ promise }) => promise)),
  );
  const verdict =
    broken.size === 0
      ? `${reports.length} runs, every promise held`
      : `${reports.length} runs, violated: ${[...broken].sort().join(', ')}`;
  return [header, ...rows, verdict];
}
