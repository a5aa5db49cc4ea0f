import type { Connection } from 'mysql2/promise';
import { caughtUp, newestDeal } from '../catch-up.ts';
import { drive } from '../drive-load.ts';
import type { DriveReport } from '../drive-load.ts';
import type { OnePointSystem } from '../onepoint-system.ts';

/** Uses by an operator, who may trade for every merchant. */
export interface UseLoad {
  readonly clients: number;
  readonly seconds: number;
  /** Members 1 to here, each as likely as any other. */
  readonly members: number;
  /** Merchants 1 to here, likewise. */
  readonly merchants: number;
  /** Of Deal's replicas; default: the one that the system started with. */
  readonly dealUrls?: readonly string[];
}

const WARM_UP = 500;

/** Drives uses and waits until Billing and the dashboard have everything of them. */
export async function loadUses(
  connection: Connection,
  system: OnePointSystem,
  { dealUrls = [system.urls.deal], ...load }: UseLoad,
): Promise<DriveReport> {
  const { databasePrefix: prefix, operatorToken } = system;
  const newest = await newestDeal(connection, prefix);
  const report = await drive({
    ...{ ...load, urls: dealUrls.map((url) => `${url}/deals`) },
    ...{ credential: operatorToken, withKeys: true, warmUp: WARM_UP },
  });
  await caughtUp(connection, prefix, newest);
  return report;
}
