import type { BenchReport, RateSeen } from './bench-report.ts';
import { figureText, withUnit } from './figure-text.ts';
import { textTable } from './text-table.ts';

/** A number of a report under a name that is the same in every report. */
interface Named {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Null where neither is better. */
  readonly better: 'more' | 'less' | null;
}

/** Ratios within this of 1 are no difference between two runs on one machine. */
const NOISE = 0.05;

/**
 * Two reports side by side with their ratio, b ÷ a, and whether b is better or worse by more than one
 * twentieth. Figures that only one of them has stand alone.
 */
export function compareReports(a: BenchReport, b: BenchReport): string[] {
  const left = new Map(numbersOf(a).map((each) => [each.name, each]));
  const right = new Map(numbersOf(b).map((each) => [each.name, each]));
  const rows = [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const [before, after] = [left.get(name), right.get(name)];
    const ratio = (after?.value ?? Number.NaN) / (before?.value ?? Number.NaN);
    const better = (after ?? before)?.better ?? null;
    return [name, textOf(before), textOf(after), ratioText(ratio), wordFor(ratio, better)];
  });
  return [
    `a: ${a.madeAt}, ${a.machine.cores} cores · b: ${b.madeAt}, ${b.machine.cores} cores`,
    '',
    ...textTable(['', 'a', 'b', 'b ÷ a', ''], rows, ['left', 'right', 'right', 'right']),
  ];
}

function textOf(named: Named | undefined): string {
  return named === undefined ? '–' : withUnit(named.value, named.unit);
}

function ratioText(ratio: number): string {
  return Number.isFinite(ratio) ? ratio.toFixed(2) : figureText(Number.NaN);
}

function wordFor(ratio: number, better: Named['better']): string {
  if (!Number.isFinite(ratio) || better === null || Math.abs(ratio - 1) <= NOISE) return '';
  return ratio > 1 === (better === 'more') ? 'better' : 'worse';
}

function numbersOf(report: BenchReport): Named[] {
  const measures = report.measures.flatMap(({ id, figures }) =>
    figures.map(({ what, value, unit, better }) => ({
      ...{ name: `${id} ${what}`, value, unit, better },
    })),
  );
  const loads = report.loads.flatMap(({ clients, onepoint, floor, stages }) => [
    ...ratesOf(`${clients} clients`, onepoint),
    ...ratesOf(`${clients} clients, floor`, floor),
    ...stages.map(({ batch, jobs }) => ({
      ...{ name: `${clients} clients, jobs in a batch of ${batch}`, value: jobs },
      ...{ unit: '', better: null },
    })),
  ]);
  const { dealCost } = report;
  const costs = dealCost === null ? [] : processorOf('at full load', dealCost.processorMs);
  return [...measures, ...loads, ...costs];
}

function ratesOf(where: string, rate: RateSeen): Named[] {
  const { perSecond, p50Ms, p99Ms } = rate;
  return [
    { name: `${where}, uses`, value: perSecond, unit: '/s', better: 'more' },
    { name: `${where}, p50`, value: p50Ms, unit: 'ms', better: 'less' },
    { name: `${where}, p99`, value: p99Ms, unit: 'ms', better: 'less' },
    ...processorOf(where, rate.processorMs),
  ];
}

function processorOf(where: string, processorMs: Readonly<Record<string, number>>): Named[] {
  return Object.entries(processorMs).map(([process, value]) => ({
    name: `${where}, processor time of ${process} for a deal`,
    ...{ value, unit: 'ms', better: 'less' as const },
  }));
}
