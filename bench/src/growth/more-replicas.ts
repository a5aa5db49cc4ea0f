import { createConnection } from 'mysql2/promise';
import { BALANCE } from '../measures/busy-house.ts';
import { loadUses } from '../measures/use-load.ts';
import { startOnePoint } from '../onepoint-system.ts';
import type { OnePointSystem } from '../onepoint-system.ts';
import { startServers } from '../private-servers.ts';
import type { ReplicasSeen } from './growth-report.ts';
import { MERCHANTS, rounds, usesText } from './options.ts';
import type { GrowthPlace } from './options.ts';
import { startForwarder } from './tcp-forwarder.ts';

/** How many of each. */
interface Replicas {
  readonly deal: number;
  readonly point: number;
}

/** More of Deal, more of Point, and more of both. */
export function replicasOf(counts: readonly number[]): Replicas[] {
  const more = counts.filter((count) => count > 1);
  return [
    { deal: 1, point: 1 },
    ...more.map((count) => ({ deal: count, point: 1 })),
    ...more.map((count) => ({ deal: 1, point: count })),
    ...more.map((count) => ({ deal: count, point: count })),
  ];
}

/**
 * The same load on more and more replicas on the same databases. Where all of them share two cores with the
 * database and the load, this shows that they do not stand in each other's way, and not how far they carry.
 */
export async function moreReplicas({ stops, options }: GrowthPlace): Promise<ReplicasSeen[]> {
  const { clients, seconds, warmSeconds, members: sizes, rounds: times, replicas, say } = options;
  const members = sizes[0] ?? 1;
  const servers = await startServers(stops);
  const connection = await createConnection(servers.mysqlUrl);
  stops.push(() => connection.end());
  const forwarder = await startForwarder();
  stops.push(() => forwarder.stop());
  const wish = { members, balance: BALANCE, merchants: MERCHANTS, pointUrl: forwarder.url };
  const system = await startOnePoint(servers, wish);
  stops.push(() => system.stop());
  forwarder.aim([system.urls.point]);
  const seen: ReplicasSeen[] = [];
  for (const { deal, point } of replicasOf(replicas)) {
    const deals = await startMore(system, 'deal', deal);
    const points = await startMore(system, 'point', point);
    forwarder.aim(points.urls);
    const load = { clients, seconds, members, merchants: MERCHANTS, dealUrls: deals.urls };
    // Replicas that have just been started are cold, beside one that has long been warm.
    await loadUses(connection, system, { ...load, seconds: warmSeconds });
    const uses = await rounds(times, () => loadUses(connection, system, load));
    seen.push({ deal, point, uses });
    say(`${deal} of Deal, ${point} of Point: ${usesText(uses)}`);
    await deals.stop();
    await points.stop();
  }
  return seen;
}

/** The one that is there and as many more as are missing. */
async function startMore(
  system: OnePointSystem,
  name: 'deal' | 'point',
  count: number,
): Promise<{ readonly urls: readonly string[]; stop(): Promise<void> }> {
  const more: Awaited<ReturnType<OnePointSystem['startReplica']>>[] = [];
  for (let at = 1; at < count; at += 1) more.push(await system.startReplica(name));
  return {
    urls: [system.urls[name], ...more.map(({ url }) => url)],
    stop: async () => {
      for (const { program } of more) await program.stop();
    },
  };
}
