import { createConnection } from 'mysql2/promise';
import type { DriveReport } from '../drive-load.ts';
import { BALANCE } from '../measures/busy-house.ts';
import { loadUses } from '../measures/use-load.ts';
import { startOnePoint } from '../onepoint-system.ts';
import { startServers } from '../private-servers.ts';
import type { SpotSeen } from './growth-report.ts';
import { MERCHANTS, usesOf, usesText } from './options.ts';
import type { GrowthPlace } from './options.ts';

/** The same load over all members and merchants, on one member, and on one merchant, in alternation. */
export async function hotSpots({ stops, options }: GrowthPlace): Promise<SpotSeen[]> {
  const { clients, seconds, warmSeconds, members: sizes, rounds, say } = options;
  const members = sizes[0] ?? 1;
  const servers = await startServers(stops);
  const connection = await createConnection(servers.mysqlUrl);
  stops.push(() => connection.end());
  const system = await startOnePoint(servers, { members, balance: BALANCE, merchants: MERCHANTS });
  stops.push(() => system.stop());
  const spots = [
    { spot: 'spread out', members, merchants: MERCHANTS },
    { spot: 'one member', members: 1, merchants: MERCHANTS },
    { spot: 'one merchant', members, merchants: 1 },
  ] as const;
  // Else the first of them would be measured cold, and no other.
  await loadUses(connection, system, { ...spots[0], clients, seconds: warmSeconds });
  const seen = new Map<SpotSeen['spot'], DriveReport[]>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const { spot, ...load } of spots) {
      const report = await loadUses(connection, system, { ...load, clients, seconds });
      seen.set(spot, [...(seen.get(spot) ?? []), report]);
    }
  }
  return [...seen].map(([spot, reports]) => {
    const uses = usesOf(reports);
    say(`${spot}: ${usesText(uses)}`);
    return { spot, uses };
  });
}
