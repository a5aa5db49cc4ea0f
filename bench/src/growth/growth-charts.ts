import type { RouteSeen } from '../ask-queries.ts';
import { lineChart } from '../charts/line-chart.ts';
import type { Curve, LineChart } from '../charts/line-chart.ts';
import type { GrowthReport, StepSeen } from './growth-report.ts';

/** Samples of a memory curve that are drawn at most. */
const POINTS_MAX = 60;

/** The charts that a report has the figures for: file names and SVG texts. */
export function growthCharts(report: GrowthReport): Map<string, string> {
  const charts = new Map<string, LineChart | null>([
    ...sizeCharts(report.steps, 'members'),
    ...sizeCharts(report.steps, 'deals'),
    ['replicas.svg', replicasChart(report)],
    ['memory.svg', memoryChart(report)],
  ]);
  return new Map(
    [...charts].flatMap(([file, chart]) => (chart === null ? [] : [[file, lineChart(chart)]])),
  );
}

/** The steps along one axis: those that share the other one's value with its end. */
function along(steps: readonly StepSeen[], axis: 'members' | 'deals'): StepSeen[] {
  const fewest = Math.min(...steps.map(({ deals }) => deals));
  const most = Math.max(...steps.map(({ members }) => members));
  return steps.filter(({ members, deals }) =>
    axis === 'members' ? deals === fewest : members === most,
  );
}

function sizeCharts(
  all: readonly StepSeen[],
  axis: 'members' | 'deals',
): [string, LineChart | null][] {
  const steps = along(all, axis);
  const xLabel = axis === 'members' ? 'members' : 'deals stored';
  const curve = (name: string, of: (step: StepSeen) => number): Curve => ({
    name,
    points: steps.map((step) => ({ x: step[axis], y: of(step) })),
  });
  const chartOf = (of: string, yLabel: string, curves: Curve[]): LineChart | null =>
    steps.length < 2 ? null : { title: `${of} by ${xLabel}`, xLabel, yLabel, logX: true, curves };
  return [
    [
      `uses-by-${axis}.svg`,
      chartOf('Uses a second', 'uses/s', [curve('OnePoint', ({ uses }) => uses.perSecond)]),
    ],
    [
      `uses-p99-by-${axis}.svg`,
      chartOf('p99 of uses', 'ms', [curve('OnePoint', ({ uses }) => uses.p99Ms)]),
    ],
    [
      `queries-p99-by-${axis}.svg`,
      chartOf('p99 of queries', 'ms', [
        curve('Deal', ({ dealQueries }) => allOf(dealQueries)),
        curve('Dashboard', ({ dashboardQueries }) => allOf(dashboardQueries)),
      ]),
    ],
  ];
}

function allOf(seen: readonly RouteSeen[]): number {
  return seen.find(({ name }) => name === 'all')?.p99Ms ?? 0;
}

function replicasChart({ replicas }: GrowthReport): LineChart | null {
  if (replicas.length < 2) return null;
  const curve = (name: string, of: (deal: number, point: number) => number | null): Curve => ({
    name,
    points: replicas
      .flatMap(({ deal, point, uses }) => {
        const x = of(deal, point);
        return x === null ? [] : [{ x, y: uses.perSecond }];
      })
      .sort((a, b) => a.x - b.x),
  });
  return {
    ...{ title: 'Uses a second by replicas', xLabel: 'replicas', yLabel: 'uses/s', logX: false },
    curves: [
      curve('of Deal', (deal, point) => (point === 1 ? deal : null)),
      curve('of Point', (deal, point) => (deal === 1 ? point : null)),
      curve('of both', (deal, point) => (deal === point ? deal : null)),
    ],
  };
}

function memoryChart({ memory }: GrowthReport): LineChart | null {
  if (memory === null || memory.samples.length < 2) return null;
  const step = Math.ceil(memory.samples.length / POINTS_MAX);
  const samples = memory.samples.filter((_, at) => at % step === 0);
  const names = Object.keys(samples[0]?.residentMiB ?? {});
  return {
    title: 'Resident memory under load',
    ...{ xLabel: 'seconds', yLabel: 'MiB', logX: false },
    curves: names.map((name) => ({
      name,
      points: samples.map(({ second, residentMiB }) => ({ x: second, y: residentMiB[name] ?? 0 })),
    })),
  };
}
