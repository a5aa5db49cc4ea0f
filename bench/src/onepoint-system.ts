import { createHash, randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { runProgram, startProgram } from './programs.ts';
import type { Program } from './programs.ts';

const APPS = resolve(import.meta.dirname, '../../apps');
const NAMES = ['point', 'member', 'dashboard', 'billing', 'deal'] as const;
type Name = (typeof NAMES)[number];

/** OnePoint as it runs in production: five processes, closed doors, logs on. */
export interface OnePointSystem {
  readonly urls: Readonly<Record<Name, string>>;
  readonly merchantId: number;
  /** What the terminal shows. */
  readonly merchantKey: string;
  readonly operatorToken: string;
  readonly databasePrefix: string;
  readonly programs: readonly Program[];
  /** What the five processes run with; for tools that are measured beside them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Starts one service that was stopped, and waits until it is ready. */
  startOne(name: Name): Promise<Program>;
  stop(): Promise<void>;
}

/** Where the system finds its servers. */
export interface SystemPlace {
  readonly mysqlUrl: string;
  readonly rabbitUrl: string;
  /** Five free ports. */
  readonly ports: readonly number[];
  /** For logs. */
  readonly folder: string;
}

const PREFIX = 'bench_';

/** Starts everything from empty databases, with one merchant and `members` accounts full of points. */
export async function startOnePoint(
  place: SystemPlace,
  members: number,
  balance: number,
): Promise<OnePointSystem> {
  const operatorToken = randomBytes(32).toString('base64url');
  const urls = Object.fromEntries(
    NAMES.map((name, index) => [name, `http://127.0.0.1:${place.ports[index]}`]),
  ) as Record<Name, string>;
  const env = environment(place, urls, operatorToken);
  for (const name of NAMES) await runProgram(join(APPS, name, 'dist/migrate.js'), env);
  const programs: Program[] = [];
  const startOne = async (name: Name): Promise<Program> => {
    const program = await startProgram({
      name,
      file: join(APPS, name, 'dist/main.js'),
      env,
      readyUrl: `${urls[name]}/health/ready`,
      logFile: join(place.folder, `${name}.log`),
    });
    programs.push(program);
    return program;
  };
  for (const name of NAMES) await startOne(name);
  const operator = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' };
  const merchant = await post(`${urls.deal}/merchants`, operator, { name: 'Bench' });
  const merchantId = Number(merchant['id']);
  const key = await post(`${urls.deal}/merchants/${merchantId}/keys`, operator, undefined);
  await fillAccounts(place.mysqlUrl, members, balance);
  return {
    urls,
    merchantId,
    merchantKey: String(key['secret']),
    operatorToken,
    databasePrefix: PREFIX,
    programs,
    env,
    startOne,
    stop: async () => void (await Promise.all(programs.map((program) => program.stop()))),
  };
}

function environment(
  place: SystemPlace,
  urls: Readonly<Record<Name, string>>,
  operatorToken: string,
): NodeJS.ProcessEnv {
  const hash = createHash('sha256').update(operatorToken).digest('hex');
  const ports = NAMES.map((name, index) => [
    `${name.toUpperCase()}_PORT`,
    String(place.ports[index]),
  ]);
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    DRAIN_MS: '0',
    LOG_LEVEL: 'info',
    MYSQL_URL: place.mysqlUrl,
    MYSQL_DATABASE_PREFIX: PREFIX,
    RABBITMQ_URL: place.rabbitUrl,
    EVENTS_NAMESPACE: 'bench',
    SERVICE_TOKEN: randomBytes(32).toString('base64url'),
    OPERATOR_TOKENS: `bench:${hash}:members+merchants+settlement+dashboard`,
    MEMBER_DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    MEMBER_HASH_KEY: randomBytes(32).toString('base64'),
    POINT_URL: urls.point,
    DEAL_URL: urls.deal,
    ...Object.fromEntries(ports),
  };
}

/** Opening a million accounts through the doors would measure the doors: they are written in bulk. */
async function fillAccounts(mysqlUrl: string, members: number, balance: number): Promise<void> {
  const connection = await createConnection(mysqlUrl);
  const slice = 5_000;
  const now = Date.now();
  for (let from = 1; from <= members; from += slice) {
    const rows = Array.from({ length: Math.min(slice, members - from + 1) }, (_, place) => [
      from + place,
      balance,
      'open',
      1,
      now,
      now,
    ]);
    await connection.query(
      `INSERT INTO ${PREFIX}point.account
         (member_id, balance, status, sequence, opened_at, updated_at) VALUES ?`,
      [rows],
    );
  }
  await connection.end();
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
  return (await response.json()) as Record<string, unknown>;
}
