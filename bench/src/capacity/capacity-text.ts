import { figureText } from '../report/figure-text.ts';
import type { Capacity, Demand } from './capacity-model.ts';

/** Head and rows of one table. */
export interface CapacityTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes with a unit that keeps the figure short, in steps of a thousand. */
export function bytesText(bytes: number): string {
  const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${figureText(bytes / 1_000 ** step)} ${BYTE_UNITS[step]!}`;
}

/** The tables that say what it takes. */
export function capacityTables(capacity: Capacity, demand: Demand): CapacityTable[] {
  const { dealsPerSecond, members, averageShare, busyMax } = demand;
  const { processes, monthlyBytes, standingBytes } = capacity;
  const cores = processes.reduce((all, each) => all + each.cores, 0);
  const monthly = Object.values(monthlyBytes).reduce((all, bytes) => all + bytes, 0);
  return [
    {
      title: `processors at ${figureText(dealsPerSecond)} deals/s, ${figureText(busyMax * 100)} % busy`,
      head: ['process', 'ms a deal', 'cores', 'processes'],
      rows: [
        ...processes.map(({ name, dealMs, cores: own }) => [
          ...[name, dealMs.toFixed(3), figureText(own)],
          processesText(name, own, capacity, demand),
        ]),
        ['all', '', figureText(cores), ''],
      ],
    },
    { title: 'database and broker', head: ['what', 'at the busiest'], rows: rateRows(capacity) },
    {
      title: `storage with ${figureText(members)} members, at ${figureText(averageShare * 100)} % of that rate on average`,
      head: ['what', 'a month', 'stands'],
      rows: [
        ...Object.entries(monthlyBytes).map(([table, bytes]) => [table, bytesText(bytes), '']),
        ['all that grows', bytesText(monthly), ''],
        ...Object.entries(standingBytes).map(([what, bytes]) => [what, '', bytesText(bytes)]),
      ],
    },
  ];
}

function processesText(name: string, cores: number, capacity: Capacity, demand: Demand): string {
  if (name === 'database') return `${capacity.databaseServers} servers`;
  if (name === 'broker') return `${demand.brokerCopies} nodes or more`;
  return `${Math.max(1, Math.ceil(cores))} replicas`;
}

function rateRows(capacity: Capacity): string[][] {
  const { networkBytesPerSecond: network, outboxes, queues } = capacity;
  const list = (of: Readonly<Record<string, number>>): string =>
    Object.entries(of)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  return [
    ['transactions that write', `${figureText(capacity.commitsPerSecond)}/s`],
    ['rows written', `${figureText(capacity.rowsPerSecond)}/s`],
    ['redo log', `${bytesText(capacity.logBytesPerSecond)}/s`],
    ['events published', `${figureText(capacity.publishedPerSecond)}/s`],
    ['events delivered', `${figureText(capacity.deliveredPerSecond)}/s`],
    ['outboxes, each with its relay', list(outboxes)],
    ['queues', list(queues)],
    ['network, all hops', network === null ? '–' : `${bytesText(network)}/s`],
  ];
}
