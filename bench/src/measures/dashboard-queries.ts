import { createConnection } from 'mysql2/promise';
import { askQueries } from '../ask-queries.ts';
import type { RouteSeen } from '../ask-queries.ts';
import { median } from '../figures/percentile.ts';
import { startOnePoint } from '../onepoint-system.ts';
import type { OnePointSystem } from '../onepoint-system.ts';
import { startServers } from '../private-servers.ts';
import type { PrivateServers } from '../private-servers.ts';
import type { Figure } from '../report/bench-report.ts';
import { dashboardRoutes } from '../stored/asked-routes.ts';
import { fillReadModel } from '../stored/fill-deals.ts';
import { fillKnownMembers } from '../stored/fill-members.ts';
import type { BenchOptions, Part } from './options.ts';

const MERCHANTS = 100;
/** Of each route in a round: its p99 is the fourth slowest. */
const REQUESTS = 300;
const CLIENTS = 2;
const GOAL_SIZES = [100_000, 5_000_000] as const;
/** Deals of one member, on average, at either size: a member does not get more because others came. */
const DEALS_EACH = 50;

/** A dashboard with its own read model. */
interface Dashboard {
  readonly deals: number;
  readonly members: number;
  readonly system: OnePointSystem;
}

/** S5: the same queries to two dashboards, one with few deals and one with many, in alternation. */
export async function dashboardQueries(
  stops: (() => Promise<void>)[],
  { s5Deals, rounds, bufferPoolMiB, say }: BenchOptions,
): Promise<Part> {
  const servers = await startServers(stops, { bufferPoolMiB });
  const [few, many] = [
    await startDashboard(servers, stops, 'few_', s5Deals[0]),
    await startDashboard(servers, stops, 'many_', s5Deals[1]),
  ];
  // Once unseen: statements are prepared and pages are read for the first time.
  for (const dashboard of [few, many]) await ask(dashboard);
  const seen: { few: RouteSeen[]; many: RouteSeen[] }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    seen.push({ few: await ask(few), many: await ask(many) });
    const last = seen.at(-1)!;
    say(
      `S5, round ${round}: p99 ${p99Of(last.few, 'all').toFixed(1)} ms at ${few.deals} deals, ` +
        `${p99Of(last.many, 'all').toFixed(1)} ms at ${many.deals}`,
    );
  }
  const ratioOf = (name: string): number =>
    median(seen.map((round) => p99Of(round.many, name) / p99Of(round.few, name)));
  const routes = (seen[0]?.few ?? []).map(({ name }) => name).filter((name) => name !== 'all');
  const figures: Figure[] = [
    { what: 'ratio', value: ratioOf('all'), unit: '×', better: 'less', goal: 1.5 },
    ...routes.map((name): Figure => ({
      ...{ what: name, value: ratioOf(name), unit: '×', better: 'less', isDetail: true },
    })),
    ...(['few', 'many'] as const).map((size): Figure => ({
      ...{ what: `${size === 'few' ? few.deals : many.deals} deals`, unit: 'ms', better: 'less' },
      value: median(seen.map((round) => p99Of(round[size], 'all'))),
    })),
  ];
  const atGoalSize = s5Deals[0] <= GOAL_SIZES[0] && s5Deals[1] >= GOAL_SIZES[1];
  return { measures: [{ id: 'S5', atGoalSize, figures }], rounds: { queries: seen } };
}

async function startDashboard(
  servers: PrivateServers,
  stops: (() => Promise<void>)[],
  databasePrefix: string,
  deals: number,
): Promise<Dashboard> {
  const members = Math.max(1, Math.floor(deals / DEALS_EACH));
  const system = await startOnePoint(servers, {
    ...{ services: ['dashboard'], databasePrefix, members, balance: 0 },
  });
  stops.push(() => system.stop());
  await system.stop();
  const connection = await createConnection(servers.mysqlUrl);
  await fillKnownMembers(connection, databasePrefix, { from: 1, to: members, balance: 1_000 });
  const stored = { prefix: databasePrefix, count: deals, members, merchants: MERCHANTS };
  await fillReadModel(connection, stored);
  await connection.end();
  await system.startOne('dashboard');
  return { deals, members, system };
}

function ask({ deals, members, system }: Dashboard): Promise<RouteSeen[]> {
  return askQueries({
    ...{ url: system.urls.dashboard, credential: system.operatorToken },
    routes: dashboardRoutes({ members, merchants: MERCHANTS, deals }),
    ...{ requests: REQUESTS, clients: CLIENTS },
  });
}

function p99Of(seen: readonly RouteSeen[], name: string): number {
  return seen.find((route) => route.name === name)?.p99Ms ?? Number.NaN;
}
