// S1–S3: uses a second and latency beside the hand-written service, in alternation, in one run.
//   npm run bench -- [--seconds 10] [--rounds 3] [--clients 1,16,64,128] [--members 10000] [--json file]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePorts } from '../../tools/servers/free-port.mjs';
import { ownServersFolder } from '../../tools/servers/left-behind.mjs';
import { startMariaDb } from '../../tools/servers/mariadb.mjs';
import { startRabbitMq } from '../../tools/servers/rabbitmq.mjs';
import type { DriveOrder, DriveReport } from './drive.ts';
import { startFloor } from './floor-system.ts';
import { startOnePoint } from './onepoint-system.ts';
import type { OnePointSystem } from './onepoint-system.ts';
import { runProgram } from './programs.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    clients: { type: 'string', default: '1,16,64,128' },
    members: { type: 'string', default: '10000' },
    json: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const members = Number(values.members);
const BALANCE = 1_000_000_000;
const CATCH_UP_MAX_MS = 120_000;

interface Round {
  readonly clients: number;
  readonly floor: DriveReport;
  readonly onepoint: DriveReport;
  /** S3: how long billing and dashboard needed after the load had ended. */
  readonly caughtUpMs: number;
}

const folder = ownServersFolder('bench');
mkdirSync(folder, { recursive: true });
const ports = await freePorts(9);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const database = await startMariaDb({
  port: ports[0]!,
  dir: join(folder, 'mariadb'),
  options: ['--innodb-buffer-pool-size=1G'],
});
const broker = await startRabbitMq({ port: ports[1]!, dir: join(folder, 'rabbitmq') });
const stops: (() => Promise<void>)[] = [() => broker.stop(), () => database.stop()];
try {
  const place = { mysqlUrl: database.url, rabbitUrl: broker.url, folder };
  const floor = await startFloor({ ...place, ports: ports.slice(2, 4) }, members, BALANCE);
  stops.unshift(() => floor.stop());
  const system = await startOnePoint({ ...place, ports: ports.slice(4) }, members, BALANCE);
  stops.unshift(() => system.stop());
  const results: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const clients of values.clients.split(',').map(Number)) {
      const result = await playRound(clients, floor.dealUrl, system);
      results.push(result);
      say(rowOf(result));
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 2));
} finally {
  for (const stop of stops) await stop();
}

async function playRound(
  clients: number,
  floorUrl: string,
  system: OnePointSystem,
): Promise<Round> {
  const common = { clients, seconds, members, warmUp: 200 };
  const floor = await drive({
    ...common,
    url: `${floorUrl}/deals`,
    merchantId: 1,
    credential: null,
    withKeys: false,
  });
  const onepoint = await drive({
    ...common,
    url: `${system.urls.deal}/deals`,
    merchantId: system.merchantId,
    credential: system.merchantKey,
    withKeys: true,
  });
  return { clients, floor, onepoint, caughtUpMs: await catchUp(system) };
}

async function drive(order: DriveOrder): Promise<DriveReport> {
  const file = join(import.meta.dirname, 'drive.js');
  return JSON.parse(await runProgram(file, process.env, [JSON.stringify(order)])) as DriveReport;
}

/** Waits until billing and dashboard have every deal; milliseconds. */
async function catchUp(system: OnePointSystem): Promise<number> {
  const connection = await createConnection(database.url);
  const startedAt = performance.now();
  const prefix = system.databasePrefix;
  const count = async (table: string, where = '1=1'): Promise<number> => {
    const [rows] = await connection.query(
      `SELECT COUNT(*) AS n FROM ${prefix}${table} WHERE ${where}`,
    );
    return Number((rows as { n: number }[])[0]!.n);
  };
  const deals = await count('deal.deal', "status = 'success'");
  for (;;) {
    const lines = await count('billing.settlement_line');
    const unsent = await count('point.outbox', 'position IS NULL');
    const tookMs = performance.now() - startedAt;
    if ((lines >= deals && unsent === 0) || tookMs > CATCH_UP_MAX_MS) {
      await connection.end();
      return tookMs;
    }
    await wait(50);
  }
}

function rowOf({ clients, floor, onepoint, caughtUpMs }: Round): string {
  const rate = (report: DriveReport): string =>
    `${report.perSecond.toFixed(0).padStart(6)}/s p50 ${report.p50Ms.toFixed(1).padStart(6)} ms p99 ${report.p99Ms.toFixed(1).padStart(6)} ms`;
  return [
    `${String(clients).padStart(4)} clients`,
    `floor ${rate(floor)}`,
    `onepoint ${rate(onepoint)}`,
    `deals/s ×${(onepoint.perSecond / floor.perSecond).toFixed(2)}`,
    `p50 ×${(onepoint.p50Ms / floor.p50Ms).toFixed(2)}`,
    `caught up in ${(caughtUpMs / 1_000).toFixed(1)} s`,
    `errors ${floor.errors}/${onepoint.errors}`,
  ].join(' | ');
}
