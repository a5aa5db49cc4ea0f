// S4 and the relay: events a second through the relay, into the dashboard's projections and through a rebuild,
// beside a hand-written amqplib loop, in one run on one machine.
//   npm run bench:events -- [--events 100000] [--json file]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { freePorts } from '../../tools/servers/free-port.mjs';
import { ownServersFolder } from '../../tools/servers/left-behind.mjs';
import { startMariaDb } from '../../tools/servers/mariadb.mjs';
import { startRabbitMq } from '../../tools/servers/rabbitmq.mjs';
import { amqplibLoop } from './amqplib-loop.ts';
import { fillOutbox, usedEvents } from './fill-outbox.ts';
import { startOnePoint } from './onepoint-system.ts';
import { runProgram } from './programs.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, json: { type: 'string' } },
});
const count = Number(values.events);
const REBUILD = resolve(import.meta.dirname, '../../deploy/events/dist/main.js');
const LOOK_EVERY_MS = 10;

/** Events a second, each measured from its first sign to its last. */
interface EventRates {
  readonly events: number;
  readonly loopPublished: number;
  readonly relayed: number;
  readonly loopConsumed: number;
  readonly projected: number;
  readonly rebuilt: number;
}

const folder = ownServersFolder('bench');
mkdirSync(folder, { recursive: true });
const ports = await freePorts(7);
const options = ['--innodb-buffer-pool-size=1G'];
const database = await startMariaDb({ port: ports[0]!, dir: join(folder, 'mariadb'), options });
const broker = await startRabbitMq({ port: ports[1]!, dir: join(folder, 'rabbitmq') });
const stops: (() => Promise<void>)[] = [() => broker.stop(), () => database.stop()];
try {
  const rates = await measure();
  for (const line of linesOf(rates)) process.stdout.write(`${line}\n`);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rates, null, 2));
} finally {
  for (const stop of stops) await stop();
}

async function measure(): Promise<EventRates> {
  const place = { mysqlUrl: database.url, rabbitUrl: broker.url, folder, ports: ports.slice(2) };
  const system = await startOnePoint(place, 0, 0);
  stops.unshift(() => system.stop());
  const connection = await createConnection(database.url);
  stops.unshift(() => connection.end());
  const [deal, dashboard] = ['deal', 'dashboard'].map((service) => system.databasePrefix + service);
  // Every queue is there now; what is measured is one thing at a time.
  for (const { stop } of system.programs) await stop();
  const events = usedEvents(count);
  const loop = await amqplibLoop(
    broker.url,
    events.map((event) => Buffer.from(event)),
  );
  await fillOutbox(connection, `${deal}.outbox`, events);
  const sum = 'SELECT COALESCE(SUM(event_count), 0)';
  const sent = `${sum} AS n FROM ${deal}.outbox WHERE position IS NOT NULL`;
  const relayed = await rateDuring(await number(sent), sent, () => system.startOne('deal'));
  await system.programs.at(-1)?.stop();
  const known = `SELECT COUNT(*) AS n FROM ${dashboard}.deal_g1`;
  const projected = await rateDuring(0, known, () => system.startOne('dashboard'));
  for (const name of ['deal', 'member', 'point', 'billing'] as const) await system.startOne(name);
  const report = await runProgram(REBUILD, environment(), ['rebuild', 'dashboard', '--json']);
  const { events: brought, seconds } = JSON.parse(report) as { events: number; seconds: number };
  return {
    events: count,
    ...{ loopPublished: loop.published, relayed, loopConsumed: loop.consumed, projected },
    rebuilt: brought / seconds,
  };

  function environment(): NodeJS.ProcessEnv {
    const urls = Object.entries(system.urls).map(([name, url]) => [
      `${name.toUpperCase()}_URL`,
      url,
    ]);
    return { ...system.env, ...Object.fromEntries(urls) } as NodeJS.ProcessEnv;
  }
  async function number(sql: string): Promise<number> {
    const [rows] = await connection.query(sql);
    return Number((rows as { n: number | string }[])[0]?.n ?? 0);
  }
  /** From the first look that sees more than before to the one that sees all. */
  async function rateDuring(
    before: number,
    sql: string,
    begin: () => Promise<unknown>,
  ): Promise<number> {
    const begun = begin();
    let first: { seen: number; atMs: number } | null = null;
    for (;;) {
      const [seen, atMs] = [(await number(sql)) - before, performance.now()];
      if (first === null && seen > 0) first = { seen, atMs };
      if (seen >= count && first !== null) {
        await begun;
        const [rest, tookMs] = [seen - first.seen, atMs - first.atMs];
        return tookMs === 0 ? Number.NaN : (rest / tookMs) * 1_000;
      }
      await wait(LOOK_EVERY_MS);
    }
  }
}

function linesOf(rates: EventRates): string[] {
  const row = (what: string, rate: number, beside: number, loop: string): string =>
    `${what.padEnd(28)} ${rate.toFixed(0).padStart(8)}/s   ${loop} ${beside.toFixed(0).padStart(8)}/s   ×${(rate / beside).toFixed(2)}`;
  const { relayed, projected, rebuilt, loopPublished, loopConsumed } = rates;
  return [
    `${rates.events} events`,
    row('relay (outbox → confirmed)', relayed, loopPublished, 'loop publishes'),
    row('projections (queue → read)', projected, loopConsumed, 'loop consumes '),
    row('rebuild (journal → read)', rebuilt, loopConsumed, 'loop consumes '),
  ];
}
