import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect } from 'amqplib';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { freePorts } from '../../tools/servers/free-port.mjs';
import { ownServersFolder } from '../../tools/servers/left-behind.mjs';
import { startMariaDb } from '../../tools/servers/mariadb.mjs';
import { startRabbitMq } from '../../tools/servers/rabbitmq.mjs';
import { startDealBooks } from './deal-books.ts';
import type { DealBooks } from './deal-books.ts';
import { runProgram, startProgram } from './programs.ts';
import type { Program } from './programs.ts';

const BILLING = resolve(import.meta.dirname, '../../apps/billing/dist');
const PREFIX = 'bench_';
const NAMESPACE = 'bench';
/** Who else would hear events. Those of Billing are kept for them and not read: that is their work. */
const READERS = { deal: true, dashboard: true, point: false };

/** Billing as it runs in production, on servers of its own, with Deal played by the benchmark. */
export interface BillingSystem {
  readonly url: string;
  readonly program: Program;
  /** Billing's own database. */
  readonly database: Connection;
  readonly deal: DealBooks;
  ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** For answers that are not JSON. */
  stream(path: string, accept: string): Promise<Response>;
  stop(): Promise<void>;
}

/** Billing gave another answer than a benchmark can go on with. */
export class BillingAnswered extends Error {
  override readonly name = 'BillingAnswered';
}

/** Starts everything from empty databases. */
export async function startBilling(): Promise<BillingSystem> {
  const folder = ownServersFolder('bench');
  mkdirSync(folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await startParts(folder, stops)), stop };
  } catch (error) {
    // The folder stays: its logs say why.
    for (const each of stops.toReversed()) await each();
    throw error;
  }
}

async function startParts(
  folder: string,
  stops: (() => Promise<void>)[],
): Promise<Omit<BillingSystem, 'stop'>> {
  const [mysqlPort = 0, rabbitPort = 0, port = 0] = await freePorts(3);
  const options = ['--innodb-buffer-pool-size=1G'];
  const mysql = await startMariaDb({ port: mysqlPort, dir: join(folder, 'mariadb'), options });
  stops.push(() => mysql.stop());
  const rabbit = await startRabbitMq({ port: rabbitPort, dir: join(folder, 'rabbitmq') });
  stops.push(() => rabbit.stop());
  stops.push(await bindReaders(rabbit.url));
  const deal = await startDealBooks();
  stops.push(() => deal.stop());
  const token = randomBytes(32).toString('base64url');
  const url = `http://127.0.0.1:${port}`;
  const env = environment({ mysql: mysql.url, rabbit: rabbit.url, deal: deal.url }, port, token);
  await runProgram(join(BILLING, 'migrate.js'), env);
  const program = await startProgram({
    name: 'billing',
    file: join(BILLING, 'main.js'),
    env,
    readyUrl: `${url}/health/ready`,
    logFile: join(folder, 'billing.log'),
  });
  stops.push(() => program.stop());
  const database = await createConnection(`${mysql.url}/${PREFIX}billing`);
  stops.push(() => database.end());
  const headers = { authorization: `Bearer ${token}` };
  return {
    url,
    program,
    database,
    deal,
    ask: (method, path, body) => ask(`${url}${path}`, method, headers, body),
    stream: (path, accept) => fetch(`${url}${path}`, { headers: { ...headers, accept } }),
  };
}

/** Nothing is published before every service has declared its queues: here nobody else runs to do so. */
async function bindReaders(rabbitUrl: string): Promise<() => Promise<void>> {
  const connection = await connect(rabbitUrl);
  const channel = await connection.createChannel();
  const exchange = `${NAMESPACE}.events`;
  const quorum = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
  await channel.assertExchange(exchange, 'topic', { durable: true });
  for (const [reader, hearsSettled] of Object.entries(READERS)) {
    const queue = `${NAMESPACE}.${reader}`;
    await channel.assertQueue(queue, quorum);
    if (hearsSettled) await channel.bindQueue(queue, exchange, 'billing.settled.v1');
    await channel.assertQueue(`${queue}.dead`, quorum);
  }
  return () => connection.close();
}

function environment(
  at: { readonly mysql: string; readonly rabbit: string; readonly deal: string },
  port: number,
  token: string,
): NodeJS.ProcessEnv {
  const hash = createHash('sha256').update(token).digest('hex');
  return {
    PATH: process.env['PATH'],
    NODE_OPTIONS: '--max-old-space-size=384',
    NODE_ENV: 'production',
    DRAIN_MS: '0',
    LOG_LEVEL: 'info',
    MYSQL_URL: at.mysql,
    MYSQL_DATABASE_PREFIX: PREFIX,
    RABBITMQ_URL: at.rabbit,
    EVENTS_NAMESPACE: NAMESPACE,
    SERVICE_TOKEN: randomBytes(32).toString('base64url'),
    OPERATOR_TOKENS: `bench:${hash}:settlement`,
    DEAL_URL: at.deal,
    BILLING_PORT: String(port),
  };
}

async function ask(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new BillingAnswered(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
