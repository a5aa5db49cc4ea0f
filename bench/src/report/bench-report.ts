import type { StageSeen } from '../figures/metrics-text.ts';

/** The goals, S1 to S9. */
export const goalIds = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'] as const;
export type GoalId = (typeof goalIds)[number];

/** One number that was measured. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Whether more of it is better or less, when another run is compared with this one. */
  readonly better: 'more' | 'less';
  /** What it has to come to; absent where it only explains. */
  readonly goal?: number;
  /** One of many that explain: it has a line of its own below the table. */
  readonly isDetail?: boolean;
}

/** What came of one goal. */
export interface Measure {
  readonly id: GoalId;
  /** At the sizes that the goal names; smaller ones prove that the measure works and nothing else. */
  readonly atGoalSize: boolean;
  readonly figures: readonly Figure[];
}

/** Answers a second and latencies of one system under one load; medians over the rounds. */
export interface RateSeen {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
  /** Share of one core that the driver itself used, 0 to 1. */
  readonly driverCpu: number;
  /** Processor time of each process for each deal; ms. Empty where the system does not tell. */
  readonly processorMs: Readonly<Record<string, number>>;
}

/** A stage that batches, and in which service. */
export interface ServiceStage extends StageSeen {
  readonly service: string;
}

/** Both systems under the same load. */
export interface LoadSeen {
  readonly clients: number;
  readonly onepoint: RateSeen;
  readonly floor: RateSeen;
  /** Medians over the rounds of each round's ratio, OnePoint's to the floor's. */
  readonly rateRatio: number;
  readonly p50Ratio: number;
  /** Where the time goes in OnePoint. */
  readonly stages: readonly ServiceStage[];
}

/** What one deal leaves behind and sends around, at full load. */
export interface DealCost {
  /** Deals that this was measured over. */
  readonly deals: number;
  readonly clients: number;
  readonly processorMs: Readonly<Record<string, number>>;
  /** Transactions that wrote something. */
  readonly commits: number;
  readonly rowsWritten: number;
  /** Bytes of the database's redo log. */
  readonly logBytes: number;
  /** Bytes between the services and the database, both ways. */
  readonly databaseTrafficBytes: number;
  /** Bytes over the machine's loopback: everything that anybody sent anybody. Null where it does not tell. */
  readonly trafficBytes: number | null;
  /** Bytes of tables and indexes, by database and table (`deal.outbox`). */
  readonly storedBytes: Readonly<Record<string, number>>;
  /** Events that each service published, and that each reader took. */
  readonly published: Readonly<Record<string, number>>;
  readonly delivered: Readonly<Record<string, number>>;
}

/** Events a second of one process each, beside a bare loop over one quorum queue of the same broker. */
export interface EventRates {
  readonly events: number;
  readonly loopPublished: number;
  readonly relayed: number;
  readonly loopConsumed: number;
  readonly projected: number;
  readonly rebuilt: number;
}

/** What the run was made on. */
export interface Machine {
  readonly cores: number;
  readonly memoryGiB: number;
  readonly processor: string;
  readonly node: string;
  readonly database: string;
}

/** Everything that one `npm run bench` found; what `--json` writes and `--compare` reads. */
export interface BenchReport {
  readonly madeAt: string;
  readonly machine: Machine;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly measures: readonly Measure[];
  readonly loads: readonly LoadSeen[];
  readonly dealCost: DealCost | null;
  /** When S4 was measured. */
  readonly eventRates: EventRates | null;
  /** Round by round, as it was seen. */
  readonly rounds: Readonly<Record<string, unknown>>;
}
