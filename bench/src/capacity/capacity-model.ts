import type { BenchReport, DealCost, EventRates } from '../report/bench-report.ts';

/** What is asked of the platform. */
export interface Demand {
  /** At the busiest moment. */
  readonly dealsPerSecond: number;
  readonly members: number;
  /** The average rate of a month ÷ the rate of its busiest moment, 0 to 1. */
  readonly averageShare: number;
  /** How busy a core, a relay or a queue may be at that moment, 0 to 1. */
  readonly busyMax: number;
  /** Bytes that one member takes in all databases. */
  readonly bytesPerMember: number;
  /** Cores of one database server. */
  readonly databaseCores: number;
  /** Nodes that keep each message of a quorum queue; the costs were measured on one that keeps it alone. */
  readonly brokerCopies: number;
}

/** What one process needs. */
export interface ProcessNeed {
  readonly name: string;
  /** Processor time of one deal; ms. */
  readonly dealMs: number;
  readonly cores: number;
}

/** What it takes, by the costs that were measured. Rates are of the busiest moment. */
export interface Capacity {
  readonly processes: readonly ProcessNeed[];
  readonly commitsPerSecond: number;
  readonly rowsPerSecond: number;
  readonly logBytesPerSecond: number;
  /** Databases side by side that share the writing. */
  readonly databaseServers: number;
  /** Outboxes side by side, by the service that publishes: one relay empties one outbox. */
  readonly outboxes: Readonly<Record<string, number>>;
  readonly publishedPerSecond: number;
  readonly deliveredPerSecond: number;
  /** Queues side by side, by the service that reads: one quorum queue is one process of the broker. */
  readonly queues: Readonly<Record<string, number>>;
  readonly networkBytesPerSecond: number | null;
  /** Bytes that are added in a month, by database and table. */
  readonly monthlyBytes: Readonly<Record<string, number>>;
  /** Bytes that stand, however long it runs. */
  readonly standingBytes: Readonly<Record<string, number>>;
}

/** The report was made without what a capacity is computed from. */
export class CostsNotMeasured extends Error {
  override readonly name = 'CostsNotMeasured';
}

const MONTH_S = (365.25 / 12) * 86_400;
/** Answers of Idempotency-Keys are kept for 48 hours. */
const KEYS_KEPT_S = 48 * 3_600;
const KEYS = 'idempotency_key';
/** Played by the benchmark: on the other side of the wire in production. */
const NOT_OURS = 'driver';

/**
 * Multiplies what one deal costs by what is asked for. It says nothing of what grows with size alone (an index
 * that does not fit into memory, a hot row): those are measured by `npm run bench:growth`.
 *
 * @throws CostsNotMeasured
 */
export function capacityOf(
  report: Pick<BenchReport, 'dealCost' | 'eventRates'>,
  demand: Demand,
): Capacity {
  const { dealCost, eventRates } = report;
  if (dealCost === null || eventRates === null) {
    throw new CostsNotMeasured('the report has no S3 and S4: run them with --json');
  }
  const { dealsPerSecond, busyMax, databaseCores } = demand;
  const processes = needs(dealCost, demand);
  const ofDatabase = processes.find(({ name }) => name === 'database')?.cores ?? 0;
  const outboxes = spread(dealCost.published, dealsPerSecond, eventRates.relayed * busyMax);
  return {
    processes,
    outboxes,
    commitsPerSecond: dealCost.commits * dealsPerSecond,
    rowsPerSecond: dealCost.rowsWritten * dealsPerSecond,
    logBytesPerSecond: dealCost.logBytes * dealsPerSecond,
    databaseServers: Math.max(1, Math.ceil(ofDatabase / databaseCores)),
    publishedPerSecond: sum(dealCost.published) * dealsPerSecond,
    deliveredPerSecond: sum(dealCost.delivered) * dealsPerSecond,
    queues: spread(dealCost.delivered, dealsPerSecond, queueRate(eventRates) * busyMax),
    networkBytesPerSecond:
      dealCost.trafficBytes === null ? null : dealCost.trafficBytes * dealsPerSecond,
    ...storage(dealCost, demand),
  };
}

/** What goes through one queue is first put in and then taken out: the slower of both bounds it. */
function queueRate({ loopPublished, loopConsumed }: EventRates): number {
  return Math.min(loopPublished, loopConsumed);
}

function needs({ processorMs }: DealCost, demand: Demand): ProcessNeed[] {
  const { dealsPerSecond, busyMax, brokerCopies } = demand;
  const copies = (name: string): number => (name === 'broker' ? brokerCopies : 1);
  return Object.entries(processorMs)
    .filter(([name]) => name !== NOT_OURS)
    .map(([name, dealMs]) => ({
      ...{ name, dealMs },
      cores: (copies(name) * dealMs * dealsPerSecond) / 1_000 / busyMax,
    }))
    .sort((a, b) => b.cores - a.cores);
}

function spread(
  perDeal: Readonly<Record<string, number>>,
  dealsPerSecond: number,
  each: number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(perDeal).map(([name, events]) => [
      name,
      Math.max(1, Math.ceil((events * dealsPerSecond) / each)),
    ]),
  );
}

function storage(
  { storedBytes }: DealCost,
  { dealsPerSecond, averageShare, members, bytesPerMember }: Demand,
): Pick<Capacity, 'monthlyBytes' | 'standingBytes'> {
  const average = dealsPerSecond * averageShare;
  const isKept = ([table]: [string, number]): boolean => !table.endsWith(KEYS);
  const tables = Object.entries(storedBytes);
  const keys = tables.filter((each) => !isKept(each)).reduce((all, [, bytes]) => all + bytes, 0);
  return {
    monthlyBytes: Object.fromEntries(
      tables.filter(isKept).map(([table, bytes]) => [table, bytes * average * MONTH_S]),
    ),
    standingBytes: {
      members: members * bytesPerMember,
      'Idempotency-Keys, 48 h': keys * average * KEYS_KEPT_S,
    },
  };
}

function sum(of: Readonly<Record<string, number>>): number {
  return Object.values(of).reduce((all, each) => all + each, 0);
}
