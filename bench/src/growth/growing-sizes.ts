import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { askQueries } from '../ask-queries.ts';
import type { AskedRoute, RouteSeen } from '../ask-queries.ts';
import { BALANCE } from '../measures/busy-house.ts';
import { loadUses } from '../measures/use-load.ts';
import { startOnePoint } from '../onepoint-system.ts';
import type { OnePointSystem } from '../onepoint-system.ts';
import { startServers } from '../private-servers.ts';
import { serviceNames } from '../production-environment.ts';
import { dashboardRoutes, dealRoutes } from '../stored/asked-routes.ts';
import { fillDeals } from '../stored/fill-deals.ts';
import { fillAccounts, fillKnownMembers } from '../stored/fill-members.ts';
import type { StepSeen } from './growth-report.ts';
import { MERCHANTS, rounds, usesText } from './options.ts';
import type { GrowthOptions, GrowthPlace } from './options.ts';

const QUERY_CLIENTS = 2;

interface Size {
  readonly members: number;
  readonly deals: number;
}

/**
 * First the members grow, with the fewest deals; then the deals, with the most members. For each number of members
 * a system is begun anew: else the later members would have no deals.
 */
export function sizesOf(
  members: readonly number[],
  deals: readonly number[],
): (Size & { readonly isNew: boolean })[] {
  const [fewest = 0, ...more] = deals;
  const most = members.at(-1) ?? 1;
  return [
    ...members.map((many) => ({ members: many, deals: fewest, isNew: true })),
    ...more.map((many) => ({ members: most, deals: many, isNew: false })),
  ];
}

/** Systems of each size, each measured: uses a second, and the queries of Deal and of the dashboard. */
export async function growingSizes({ stops, options }: GrowthPlace): Promise<StepSeen[]> {
  const { members, deals, bufferPoolMiB, say } = options;
  const servers = await startServers(stops, { bufferPoolMiB });
  const connection = await createConnection(servers.mysqlUrl);
  stops.push(() => connection.end());
  const begin = async (databasePrefix: string): Promise<OnePointSystem> => {
    const wish = { databasePrefix, members: 0, balance: 0, merchants: MERCHANTS };
    const begun = await startOnePoint(servers, wish);
    stops.push(() => begun.stop());
    return begun;
  };
  const steps: StepSeen[] = [];
  let grown: { readonly system: OnePointSystem; readonly size: Size } | null = null;
  for (const size of sizesOf(members, deals)) {
    const fillingAt = performance.now();
    if (size.isNew) await grown?.system.stop();
    const from: { readonly system: OnePointSystem; readonly size: Size } =
      size.isNew || grown === null
        ? { system: await begin(`of${size.members}_`), size: { members: 0, deals: 0 } }
        : grown;
    const { system } = from;
    await grow(connection, system, from.size, size);
    grown = { system, size };
    const tookS = (performance.now() - fillingAt) / 1_000;
    say(`${size.members} members and ${size.deals} deals stored after ${tookS.toFixed(0)} s`);
    steps.push(await measure(connection, system, size, options));
  }
  return steps;
}

/** The services rest meanwhile: indexes are dropped and made anew. */
async function grow(
  connection: Connection,
  system: OnePointSystem,
  from: Size,
  to: Size,
): Promise<void> {
  const { databasePrefix: prefix } = system;
  await system.stop();
  if (to.members > from.members) {
    const more = { from: from.members + 1, to: to.members, balance: BALANCE };
    await fillAccounts(connection, prefix, more);
    await fillKnownMembers(connection, prefix, more);
  }
  const { members } = to;
  const count = to.deals - from.deals;
  await fillDeals(connection, { prefix, count, members, merchants: MERCHANTS });
  for (const name of serviceNames) await system.startOne(name);
}

async function measure(
  connection: Connection,
  system: OnePointSystem,
  { members, deals }: Size,
  { clients, seconds, warmSeconds, rounds: times, queries, say }: GrowthOptions,
): Promise<StepSeen> {
  const { urls, operatorToken } = system;
  const ask = async (url: string, routes: readonly AskedRoute[]): Promise<RouteSeen[]> => {
    const asked = { url, credential: operatorToken, routes, clients: QUERY_CLIENTS };
    // Once unseen: pages are read for the first time.
    await askQueries({ ...asked, requests: Math.ceil(queries / 10) });
    return askQueries({ ...asked, requests: queries });
  };
  const sizes = { members, merchants: MERCHANTS, deals };
  const load = { clients, seconds, members, merchants: MERCHANTS };
  // The services were started for this size.
  await loadUses(connection, system, { ...load, seconds: warmSeconds });
  const uses = await rounds(times, () => loadUses(connection, system, load));
  const dealQueries = await ask(urls.deal, dealRoutes(sizes));
  const dashboardQueries = await ask(urls.dashboard, dashboardRoutes(sizes));
  const p99Of = (seen: readonly RouteSeen[]): string => (seen.at(-1)?.p99Ms ?? 0).toFixed(1);
  say(
    `  ${usesText(uses)} | p99 of queries: Deal ${p99Of(dealQueries)} ms, ` +
      `dashboard ${p99Of(dashboardQueries)} ms`,
  );
  return { members, deals, uses, dealQueries, dashboardQueries };
}
