import type { BenchReport, DealCost, LoadSeen, Measure, RateSeen } from './bench-report.ts';
import { figureText, withUnit } from './figure-text.ts';
import { goalRows, shareText } from './goals.ts';
import { textTable } from './text-table.ts';

const RIGHT = 'right';
const LEFT = 'left';

/** The whole report as it is printed: the goals, the loads, and where the time goes. */
export function reportText(report: BenchReport): string[] {
  const { machine, measures, loads, dealCost } = report;
  const { cores, memoryGiB, processor, node, database } = machine;
  const head = ['goal', 'measure', 'asked', 'measured', ''];
  return [
    `${cores} cores (${processor}), ${figureText(memoryGiB)} GiB, Node ${node}, ${database}`,
    '',
    ...textTable(head, goalRows(measures)),
    ...measures.flatMap(detailLines),
    ...(loads.length === 0 ? [] : ['', ...loadLines(loads)]),
    ...loads.flatMap((load) => ['', ...timeLines(load)]),
    ...(dealCost === null ? [] : ['', ...costLines(dealCost)]),
  ];
}

function detailLines({ id, figures }: Measure): string[] {
  const details = figures.filter(({ isDetail }) => isDetail);
  if (details.length === 0) return [];
  const rows = details.map(({ what, value, unit }) => [what, withUnit(value, unit)]);
  return ['', ...textTable([`${id} in detail`, ''], rows, [LEFT, RIGHT])];
}

function loadLines(loads: readonly LoadSeen[]): string[] {
  const rate = ({ perSecond, p50Ms, p99Ms, driverCpu, errors }: RateSeen): string[] => [
    ...[perSecond, p50Ms, p99Ms].map(figureText),
    shareText(driverCpu),
    String(errors),
  ];
  const columns = ['/s', 'p50 ms', 'p99 ms', 'driver', 'errors'];
  const head = ['clients', ...columns.map((each) => `floor ${each}`), ...columns, '/s ÷', 'p50 ÷'];
  const rows = loads.map(({ clients, floor, onepoint, rateRatio, p50Ratio }) => [
    String(clients),
    ...rate(floor),
    ...rate(onepoint),
    ...[rateRatio, p50Ratio].map((ratio) => ratio.toFixed(2)),
  ]);
  return [
    'uses beside the hand-written service (driver: its share of one core)',
    ...textTable(
      head,
      rows,
      head.map(() => RIGHT),
    ),
  ];
}

/** Where the time goes at one load: processor time by process, and what the batching stages did. */
function timeLines({ clients, onepoint, floor, stages }: LoadSeen): string[] {
  const processes = [
    ...processorRows('onepoint', onepoint.processorMs),
    ...processorRows('floor', floor.processorMs),
  ];
  const stageRows = stages.map(({ service, batch, batches, jobs, waitedMs, tookMs }) => [
    service,
    batch,
    String(batches),
    ...[jobs, waitedMs, tookMs].map(figureText),
  ]);
  return [
    `where the time goes, ${clients} clients`,
    ...textTable(['system', 'process', 'ms of processor time a deal'], processes, [
      LEFT,
      LEFT,
      RIGHT,
    ]),
    '',
    ...textTable(
      ['service', 'stage', 'batches', 'jobs in a batch', 'waited ms', 'took ms'],
      stageRows,
      [LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT],
    ),
  ];
}

function processorRows(system: string, processorMs: RateSeen['processorMs']): string[][] {
  const costs = Object.entries(processorMs).sort(([, a], [, b]) => b - a);
  if (costs.length === 0) return [];
  const all = costs.reduce((sum, [, ms]) => sum + ms, 0);
  return [...costs, ['all', all] as const].map(([name, ms]) => [system, name, ms.toFixed(3)]);
}

function costLines(cost: DealCost): string[] {
  const stored = Object.entries(cost.storedBytes).sort(([, a], [, b]) => b - a);
  const rows = [
    ['transactions that write', figureText(cost.commits)],
    ['rows written', figureText(cost.rowsWritten)],
    ['redo log, bytes', figureText(cost.logBytes)],
    ['services ↔ database, bytes', figureText(cost.databaseTrafficBytes)],
    ...(cost.trafficBytes === null
      ? []
      : [['everything over the network, bytes', figureText(cost.trafficBytes)]]),
    ...Object.entries(cost.published).map(([by, events]) => [
      `events published by ${by}`,
      figureText(events),
    ]),
    ...Object.entries(cost.delivered).map(([to, events]) => [
      `events delivered to ${to}`,
      figureText(events),
    ]),
    ...stored.map(([table, bytes]) => [`stored in ${table}, bytes`, figureText(bytes)]),
  ];
  return [
    `what one deal costs, over ${cost.deals} deals of ${cost.clients} clients`,
    ...textTable(['what', 'a deal'], rows, [LEFT, RIGHT]),
  ];
}
