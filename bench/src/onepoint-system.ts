import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePorts } from '../../tools/servers/free-port.mjs';
import { productionEnvironment, serviceNames, urlsAt } from './production-environment.ts';
import type { ServiceName, ServiceUrls } from './production-environment.ts';
import type { PrivateServers } from './private-servers.ts';
import { runProgram, startProgram } from './programs.ts';
import type { Program } from './programs.ts';
import { fillAccounts } from './stored/fill-members.ts';

const APPS = resolve(import.meta.dirname, '../../apps');

/** OnePoint as it runs in production: five processes, closed doors, logs on. */
export interface OnePointSystem {
  readonly urls: ServiceUrls;
  /** The first of its merchants; the others follow. */
  readonly merchantId: number;
  /** What that merchant's terminal shows. */
  readonly merchantKey: string;
  readonly operatorToken: string;
  readonly databasePrefix: string;
  /** Those that run now. */
  readonly programs: readonly Program[];
  /** What the five processes run with; for tools that are measured beside them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Starts one service that was stopped, and waits until it is ready. */
  startOne(name: ServiceName): Promise<Program>;
  /** One more of a service on the same database, at a port of its own; its URL. */
  startReplica(name: ServiceName): Promise<{ readonly url: string; readonly program: Program }>;
  /** Stops all that run; `startOne` starts them again. */
  stop(): Promise<void>;
}

/** What to start. */
export interface SystemToStart {
  readonly services?: readonly ServiceName[];
  readonly databasePrefix?: string;
  /** Accounts full of points, from member 1 on. */
  readonly members: number;
  readonly balance: number;
  /** Registered through Deal's door, from 1 on. */
  readonly merchants?: number;
  /** Where Deal finds Point, when it is not Point itself. */
  readonly pointUrl?: string;
}

/** A door gave another answer than a benchmark can go on with. */
export class DoorAnswered extends Error {
  override readonly name = 'DoorAnswered';
}

/** Starts everything from empty databases. */
export async function startOnePoint(
  servers: PrivateServers,
  wish: SystemToStart,
): Promise<OnePointSystem> {
  const { services = serviceNames, databasePrefix = 'bench_', members, balance } = wish;
  const operatorToken = randomBytes(32).toString('base64url');
  const urls = urlsAt(await freePorts(serviceNames.length));
  const env = productionEnvironment(servers, urls, {
    ...{ operatorToken, databasePrefix, pointUrl: wish.pointUrl ?? urls.point },
  });
  for (const name of services) await runProgram(join(APPS, name, 'dist/migrate.js'), env);
  const running = new Set<Program>();
  const startAt = async (name: ServiceName, url: string, as: string): Promise<Program> => {
    const program = await startProgram({
      name: as,
      file: join(APPS, name, 'dist/main.js'),
      env: { ...env, [`${name.toUpperCase()}_PORT`]: new URL(url).port },
      readyUrl: `${url}/health/ready`,
      logFile: join(servers.folder, `${databasePrefix}${as}.log`),
    });
    const stop = async (): Promise<void> => {
      running.delete(known);
      await program.stop();
    };
    const known = { ...program, stop };
    running.add(known);
    return known;
  };
  for (const name of services) await startAt(name, urls[name], name);
  const merchantKey = services.includes('deal')
    ? await registerMerchants(urls.deal, operatorToken, wish.merchants ?? 1)
    : '';
  if (services.includes('point')) {
    await openAccounts(servers.mysqlUrl, databasePrefix, members, balance);
  }
  return {
    ...{ urls, merchantId: 1, merchantKey, operatorToken, databasePrefix, env },
    get programs() {
      return [...running];
    },
    startOne: (name) => startAt(name, urls[name], name),
    startReplica: async (name) => {
      const [port] = await freePorts(1);
      const url = `http://127.0.0.1:${port}`;
      return { url, program: await startAt(name, url, `${name} at ${port}`) };
    },
    stop: async () => void (await Promise.all([...running].map((program) => program.stop()))),
  };
}

async function openAccounts(
  mysqlUrl: string,
  prefix: string,
  members: number,
  balance: number,
): Promise<void> {
  const connection = await createConnection(mysqlUrl);
  await fillAccounts(connection, prefix, { from: 1, to: members, balance });
  await connection.end();
}

/** Merchants 1 to `count`; the key of the first. */
async function registerMerchants(dealUrl: string, token: string, count: number): Promise<string> {
  const operator = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let merchant = 1; merchant <= count; merchant += 1) {
    await post(`${dealUrl}/merchants`, operator, { id: merchant, name: `Bench ${merchant}` });
  }
  const key = await post(`${dealUrl}/merchants/1/keys`, operator, undefined);
  return String(key['secret']);
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify(body ?? {}),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok)
    throw new DoorAnswered(`POST ${url}: ${response.status} ${String(answer['code'])}`);
  return answer;
}
