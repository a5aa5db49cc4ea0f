import { median } from '../figures/percentile.ts';
import { figureText } from '../report/figure-text.ts';
import { textTable } from '../report/text-table.ts';
import type { Align } from '../report/text-table.ts';
import type { GrowthReport, UsesSeen } from './growth-report.ts';

const RIGHT: Align = 'right';
const LEFT: Align = 'left';
const USES = ['uses/s', 'p50 ms', 'p99 ms', 'errors'];

/** Everything that was found, as tables; parts that were not run are left out. */
export function growthText(report: GrowthReport): string[] {
  return [
    ...sizeLines(report),
    ...spotLines(report),
    ...replicaLines(report),
    ...memoryLines(report),
  ];
}

function cellsOf({ perSecond, p50Ms, p99Ms, errors }: UsesSeen): string[] {
  return [...[perSecond, p50Ms, p99Ms].map(figureText), String(errors)];
}

function sizeLines({ steps }: GrowthReport): string[] {
  const [first] = steps;
  if (first === undefined) return [];
  const rows = steps.map(({ members, deals, uses }) => [
    ...[members, deals].map(figureText),
    ...cellsOf(uses),
  ]);
  const head = ['members', 'deals stored', ...USES];
  const sizes = steps.map(({ members, deals }) => `${figureText(members)}/${figureText(deals)}`);
  const routes = (['dealQueries', 'dashboardQueries'] as const).flatMap((of) =>
    first[of].map(({ name }, at) => [
      of === 'dealQueries' ? 'Deal' : 'dashboard',
      name,
      ...steps.map((step) => figureText(step[of][at]?.p99Ms ?? Number.NaN)),
    ]),
  );
  return [
    ...textTable(
      head,
      rows,
      head.map(() => RIGHT),
    ),
    '',
    'p99 of queries, ms, by members/deals stored',
    ...textTable(['service', 'query', ...sizes], routes, [LEFT, LEFT, ...sizes.map(() => RIGHT)]),
    '',
  ];
}

function spotLines({ spots }: GrowthReport): string[] {
  if (spots.length === 0) return [];
  const rows = spots.map(({ spot, uses }) => [spot, ...cellsOf(uses)]);
  return [...textTable(['load on', ...USES], rows, [LEFT, ...USES.map(() => RIGHT)]), ''];
}

function replicaLines({ replicas }: GrowthReport): string[] {
  if (replicas.length === 0) return [];
  const rows = replicas.map(({ deal, point, uses }) => [
    ...[deal, point].map(String),
    ...cellsOf(uses),
  ]);
  const head = ['of Deal', 'of Point', ...USES];
  return [
    ...textTable(
      head,
      rows,
      head.map(() => RIGHT),
    ),
    '',
  ];
}

/** The second tenth of the time beside the last: what has grown after everything was warm. */
function memoryLines({ memory }: GrowthReport): string[] {
  if (memory === null || memory.samples.length < 10) return [];
  const tenth = Math.floor(memory.samples.length / 10);
  const [early, late] = [memory.samples.slice(tenth, 2 * tenth), memory.samples.slice(-tenth)];
  const rows = Object.keys(late[0]?.residentMiB ?? {}).map((name) => {
    const of = (samples: typeof late): number =>
      median(samples.map(({ residentMiB }) => residentMiB[name] ?? Number.NaN));
    const [before, after] = [of(early), of(late)];
    return [name, ...[before, after, after - before].map(figureText)];
  });
  return [
    `resident memory over ${figureText(memory.deals)} deals, MiB`,
    ...textTable(['process', 'early', 'at the end', 'grown'], rows, [LEFT, RIGHT, RIGHT, RIGHT]),
    '',
  ];
}
