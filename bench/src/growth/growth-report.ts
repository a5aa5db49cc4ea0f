import type { RouteSeen } from '../ask-queries.ts';
import type { Machine } from '../report/bench-report.ts';

/** Uses a second and their latency; medians over the rounds. */
export interface UsesSeen {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
}

/** The system at one size. */
export interface StepSeen {
  readonly members: number;
  /** Stored before the load. */
  readonly deals: number;
  readonly uses: UsesSeen;
  readonly dealQueries: readonly RouteSeen[];
  readonly dashboardQueries: readonly RouteSeen[];
}

/** Where the load went. */
export interface SpotSeen {
  readonly spot: 'spread out' | 'one member' | 'one merchant';
  readonly uses: UsesSeen;
}

/** Replicas on the same databases. */
export interface ReplicasSeen {
  readonly deal: number;
  readonly point: number;
  readonly uses: UsesSeen;
}

/** Resident memory at one moment of a long load. */
export interface MemorySample {
  readonly second: number;
  /** MiB, by process. */
  readonly residentMiB: Readonly<Record<string, number>>;
}

/** Everything that one `npm run bench:growth` found; a part that was not asked for is empty. */
export interface GrowthReport {
  readonly madeAt: string;
  readonly machine: Machine;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly steps: readonly StepSeen[];
  readonly spots: readonly SpotSeen[];
  readonly replicas: readonly ReplicasSeen[];
  readonly memory: {
    readonly uses: UsesSeen;
    /** Deals made during the load. */
    readonly deals: number;
    readonly samples: readonly MemorySample[];
  } | null;
}
