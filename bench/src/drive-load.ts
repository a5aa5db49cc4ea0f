import { join } from 'node:path';
import { runProgram } from './programs.ts';

/** What to drive. */
export interface DriveOrder {
  /** The same route of one replica each; clients are spread over them. */
  readonly urls: readonly string[];
  readonly what: 'use' | 'sign-up';
  readonly clients: number;
  readonly seconds: number;
  readonly firstMember: number;
  readonly members: number;
  readonly firstMerchant: number;
  readonly merchants: number;
  /** Sent as Bearer; null for a system without access control. */
  readonly credential: string | null;
  /** Whether each request carries an Idempotency-Key of its own. */
  readonly withKeys: boolean;
  /** Requests before the counting begins, over all clients. */
  readonly warmUp: number;
  /** How long a client waits after each answer; 0 for the next request at once. */
  readonly pauseMs: number;
}

/** What came of it. */
export interface DriveReport {
  readonly answers: number;
  /** Requests altogether, those before the counting included. */
  readonly sent: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
  /** Share of one core that the driver itself used, 0 to 1. */
  readonly driverCpu: number;
  /** The driver's processor time for each request; ms. */
  readonly driverMs: number;
  /** When the last answer had come; epoch milliseconds. */
  readonly endedAt: number;
}

const USUAL = {
  what: 'use',
  ...{ firstMember: 1, members: 1, firstMerchant: 1, merchants: 1 },
  ...{ credential: null, withKeys: false, warmUp: 200, pauseMs: 0 },
} as const;

type DriveWish = Pick<DriveOrder, 'urls' | 'clients' | 'seconds'> & Partial<DriveOrder>;

/** Runs the driver to its end. */
export async function drive(wish: DriveWish): Promise<DriveReport> {
  const order: DriveOrder = { ...USUAL, ...wish };
  const file = join(import.meta.dirname, 'drive.js');
  return JSON.parse(await runProgram(file, process.env, [JSON.stringify(order)])) as DriveReport;
}
