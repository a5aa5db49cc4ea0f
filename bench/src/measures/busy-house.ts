import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { caughtUp, newestDeal } from '../catch-up.ts';
import { drive } from '../drive-load.ts';
import type { DriveReport } from '../drive-load.ts';
import { inOrder, readMetrics, stagesBetween } from '../figures/metrics-text.ts';
import type { Sample } from '../figures/metrics-text.ts';
import { startFloor } from '../floor-system.ts';
import type { FloorSystem } from '../floor-system.ts';
import { startOnePoint } from '../onepoint-system.ts';
import type { OnePointSystem } from '../onepoint-system.ts';
import { startServers } from '../private-servers.ts';
import type { PrivateServers } from '../private-servers.ts';
import { processorTimes, spentForEach } from '../processor-time.ts';
import type { Measured } from '../processor-time.ts';
import type { RateSeen, ServiceStage } from '../report/bench-report.ts';

/** Points of each account: no load can use them up. */
export const BALANCE = 1_000_000_000;

/** OnePoint and the floor on the same servers, with the same members. */
export interface BusyHouse {
  readonly servers: PrivateServers;
  readonly connection: Connection;
  readonly floor: FloorSystem;
  readonly system: OnePointSystem;
  readonly members: number;
}

/** What one load did to one system. */
export interface LoadDone {
  readonly report: DriveReport;
  readonly rate: RateSeen;
  /** From the last answer until Billing and the dashboard had everything; ms. 0 for the floor. */
  readonly caughtUpMs: number;
  readonly stages: readonly ServiceStage[];
}

/** Starts everything, the floor included. */
export async function startBusyHouse(
  stops: (() => Promise<void>)[],
  members: number,
): Promise<BusyHouse> {
  const servers = await startServers(stops);
  const connection = await createConnection(servers.mysqlUrl);
  stops.push(() => connection.end());
  const floor = await startFloor(servers, members, BALANCE);
  stops.push(() => floor.stop());
  const system = await startOnePoint(servers, { members, balance: BALANCE });
  stops.push(() => system.stop());
  return { servers, connection, floor, system, members };
}

/** One load on the floor. */
export async function loadFloor(
  { floor, servers, members }: BusyHouse,
  clients: number,
  seconds: number,
): Promise<LoadDone> {
  const processes = [...floor.programs, ...onlyDatabase(servers.processes)];
  const before = processorTimes(processes);
  const report = await drive({ urls: [`${floor.dealUrl}/deals`], clients, seconds, members });
  const spent = spentForEach(before, processorTimes(processes), report.sent);
  return { report, rate: rateOf(report, spent), caughtUpMs: 0, stages: [] };
}

/** One load on OnePoint, with all that follows from it until Billing and the dashboard have everything. */
export async function loadOnePoint(
  { system, servers, connection, members }: BusyHouse,
  clients: number,
  seconds: number,
): Promise<LoadDone> {
  const { databasePrefix: prefix, urls, merchantId, merchantKey } = system;
  const processes = [...system.programs, ...servers.processes];
  const newest = await newestDeal(connection, prefix);
  const before = processorTimes(processes);
  const metrics = await stageMetrics(system);
  const report = await drive({
    ...{ urls: [`${urls.deal}/deals`], clients, seconds, members },
    ...{ firstMerchant: merchantId, credential: merchantKey, withKeys: true },
  });
  const caughtUpMs = (await caughtUp(connection, prefix, newest)) - report.endedAt;
  const spent = spentForEach(before, processorTimes(processes), report.sent);
  const stages = stagesOf(metrics, await stageMetrics(system));
  return { report, rate: rateOf(report, spent), caughtUpMs, stages };
}

/** The metrics of all services that run, by their names. */
export async function stageMetrics(system: OnePointSystem): Promise<Map<string, Sample[]>> {
  const services = Object.entries(system.urls).map(
    async ([name, url]): Promise<[string, Sample[]]> => [
      name,
      readMetrics(await (await fetch(`${url}/metrics`)).text()),
    ],
  );
  return new Map(await Promise.all(services));
}

function stagesOf(
  before: ReadonlyMap<string, readonly Sample[]>,
  after: ReadonlyMap<string, readonly Sample[]>,
): ServiceStage[] {
  const stages = [...after].flatMap(([service, samples]) =>
    stagesBetween(before.get(service) ?? [], samples).map((stage) => ({ service, ...stage })),
  );
  return inOrder(stages);
}

function onlyDatabase(processes: readonly Measured[]): Measured[] {
  return processes.filter(({ name }) => name === 'database');
}

function rateOf(report: DriveReport, spent: ReadonlyMap<string, number>): RateSeen {
  const { perSecond, p50Ms, p99Ms, errors, driverCpu, driverMs } = report;
  // Where no process tells, the driver's own figure would stand alone and mean nothing.
  const processorMs = spent.size === 0 ? {} : { ...Object.fromEntries(spent), driver: driverMs };
  return { perSecond, p50Ms, p99Ms, errors, driverCpu, processorMs };
}
