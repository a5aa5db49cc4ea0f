import { createConnection } from 'mysql2/promise';
import { BALANCE } from '../measures/busy-house.ts';
import { loadUses } from '../measures/use-load.ts';
import { startOnePoint } from '../onepoint-system.ts';
import { startServers } from '../private-servers.ts';
import { residentOf } from '../resident-memory.ts';
import type { GrowthReport, MemorySample } from './growth-report.ts';
import { MERCHANTS, usesOf, usesText } from './options.ts';
import type { GrowthPlace } from './options.ts';

const SAMPLE_EVERY_MS = 1_000;
const MINUTE_S = 60;

/** Every process looked at once a second while the load goes on for minutes. */
export async function memoryOverTime({
  stops,
  options,
}: GrowthPlace): Promise<NonNullable<GrowthReport['memory']>> {
  const { clients, minutes, members: sizes, say } = options;
  const members = sizes[0] ?? 1;
  const servers = await startServers(stops);
  const connection = await createConnection(servers.mysqlUrl);
  stops.push(() => connection.end());
  const system = await startOnePoint(servers, { members, balance: BALANCE, merchants: MERCHANTS });
  stops.push(() => system.stop());
  const processes = [...system.programs, ...servers.processes];
  const samples: MemorySample[] = [];
  const startedAt = performance.now();
  const look = setInterval(() => {
    const second = Math.round((performance.now() - startedAt) / 1_000);
    void residentOf(processes).then((seen) =>
      samples.push({ second, residentMiB: Object.fromEntries(seen) }),
    );
  }, SAMPLE_EVERY_MS);
  try {
    const seconds = minutes * MINUTE_S;
    const load = { clients, seconds, members, merchants: MERCHANTS };
    const report = await loadUses(connection, system, load);
    const uses = usesOf([report]);
    say(`${minutes} minutes, ${report.sent} deals: ${usesText(uses)}`);
    return { uses, deals: report.sent, samples };
  } finally {
    clearInterval(look);
  }
}
