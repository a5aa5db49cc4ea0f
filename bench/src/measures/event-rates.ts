import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { amqplibLoop } from '../amqplib-loop.ts';
import { NeverCaughtUp } from '../catch-up.ts';
import { fillOutbox, usedEvents } from '../fill-outbox.ts';
import { startOnePoint } from '../onepoint-system.ts';
import type { OnePointSystem } from '../onepoint-system.ts';
import { startServers } from '../private-servers.ts';
import { runProgram } from '../programs.ts';
import type { EventRates } from '../report/bench-report.ts';
import type { BenchOptions, Part } from './options.ts';

const REBUILD = resolve(import.meta.dirname, '../../../deploy/events/dist/main.js');
const LOOK_EVERY_MS = 10;
/** Each look counts all lines: seldom, so as not to be what Billing waits for. */
const BILLED_LOOK_EVERY_MS = 1_000;
const BILLED_MAX_MS = 300_000;
const GOAL_EVENTS = 100_000;

/** S4, with what stands beside it: the relay, the projections, and a bare loop over the same broker. */
export async function rebuildRates(
  stops: (() => Promise<void>)[],
  { events, say }: Pick<BenchOptions, 'events' | 'say'>,
): Promise<Part & { readonly eventRates: EventRates }> {
  const rates = await eventRates(stops, events);
  say(
    `S4: ${rates.rebuilt.toFixed(0)} events/s rebuilt, ${rates.projected.toFixed(0)}/s projected`,
  );
  const { rebuilt, projected, relayed } = rates;
  return {
    eventRates: rates,
    measures: [
      {
        ...{ id: 'S4', atGoalSize: events >= GOAL_EVENTS },
        figures: [
          { what: 'rebuilt', value: rebuilt, unit: '/s', better: 'more', goal: 15_000 },
          { what: 'projected', value: projected, unit: '/s', better: 'more' },
          { what: 'relayed', value: relayed, unit: '/s', better: 'more' },
        ],
      },
    ],
    rounds: { events: rates },
  };
}

/** Events a second, each measured from its first sign to its last, one thing at a time. */
export async function eventRates(
  stops: (() => Promise<void>)[],
  count: number,
): Promise<EventRates> {
  const servers = await startServers(stops);
  const system = await startOnePoint(servers, { members: 0, balance: 0 });
  stops.push(() => system.stop());
  const connection = await createConnection(servers.mysqlUrl);
  stops.push(() => connection.end());
  const [deal, dashboard, billing] = ['deal', 'dashboard', 'billing'].map(
    (service) => system.databasePrefix + service,
  );
  // Every queue is there now; what is measured is one thing at a time.
  await system.stop();
  const events = usedEvents(count);
  const loop = await amqplibLoop(
    servers.rabbitUrl,
    events.map((event) => Buffer.from(event)),
  );
  await fillOutbox(connection, `${deal}.outbox`, events);
  const sum = 'SELECT COALESCE(SUM(event_count), 0)';
  const sent = `${sum} AS n FROM ${deal}.outbox WHERE position IS NOT NULL`;
  const before = await number(connection, sent);
  const relayed = await rateDuring(connection, { sql: sent, before, count }, () =>
    system.startOne('deal'),
  );
  await system.stop();
  // Of few rows, whatever has been projected: what is looked at a hundred times a second must cost nothing.
  const known = `SELECT COALESCE(SUM(deals), 0) AS n FROM ${dashboard}.day_total_g1 WHERE merchant_id = 0`;
  const projected = await rateDuring(connection, { sql: known, before: 0, count }, () =>
    system.startOne('dashboard'),
  );
  for (const name of ['deal', 'member', 'point', 'billing'] as const) await system.startOne(name);
  await untilBilled(connection, `${billing}.settlement_line`, count);
  const report = await runProgram(REBUILD, toolEnvironment(system), [
    ...['rebuild', 'dashboard', '--json'],
  ]);
  const { events: brought, seconds } = JSON.parse(report) as { events: number; seconds: number };
  return {
    events: count,
    ...{ loopPublished: loop.published, relayed, loopConsumed: loop.consumed, projected },
    rebuilt: brought / seconds,
  };
}

/** Billing has heard of as many deals, and would work on them beside the rebuild. @throws NeverCaughtUp */
async function untilBilled(connection: Connection, table: string, count: number): Promise<void> {
  const giveUpAt = performance.now() + BILLED_MAX_MS;
  for (;;) {
    const lines = await number(connection, `SELECT COUNT(*) AS n FROM ${table}`);
    if (lines >= count) return;
    if (performance.now() > giveUpAt) throw new NeverCaughtUp(`${count - lines} lines of Billing`);
    await wait(BILLED_LOOK_EVERY_MS);
  }
}

function toolEnvironment(system: OnePointSystem): NodeJS.ProcessEnv {
  const urls = Object.entries(system.urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]);
  return { ...system.env, ...Object.fromEntries(urls) } as NodeJS.ProcessEnv;
}

/** What is counted, by which SQL, from how many to how many more. */
interface Counted {
  readonly sql: string;
  readonly before: number;
  readonly count: number;
}

/** From the first look that sees more than before to the one that sees all. */
async function rateDuring(
  connection: Connection,
  { sql, before, count }: Counted,
  begin: () => Promise<unknown>,
): Promise<number> {
  const begun = begin();
  let first: { seen: number; atMs: number } | null = null;
  for (;;) {
    const [seen, atMs] = [(await number(connection, sql)) - before, performance.now()];
    if (first === null && seen > 0) first = { seen, atMs };
    if (seen >= count && first !== null) {
      await begun;
      const [rest, tookMs] = [seen - first.seen, atMs - first.atMs];
      return tookMs === 0 ? Number.NaN : (rest / tookMs) * 1_000;
    }
    await wait(LOOK_EVERY_MS);
  }
}

async function number(connection: Connection, sql: string): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(sql);
  return Number(rows[0]?.['n'] ?? 0);
}
