import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { billingSchema, defineBilling } from '@onepoint/billing';
import { serviceNames } from '@onepoint/contracts';
import type { ServiceName } from '@onepoint/contracts';
import { dashboardSchema, defineDashboard } from '@onepoint/dashboard';
import { dealSchema, defineDeal } from '@onepoint/deal';
import { defineMember, memberSchema } from '@onepoint/member';
import { BrokerDesk, defaultRetryDelaysMs, rabbitNames } from '@onepoint/messaging';
import type { SharedParts } from '@onepoint/messaging';
import { Database, migrate } from '@onepoint/persistence';
import type { SchemaParts } from '@onepoint/persistence';
import { startService } from '@onepoint/platform';
import type { RunningService, ServiceBlueprint } from '@onepoint/platform';
import { definePoint, pointSchema } from '@onepoint/point';
import { connect } from 'amqplib';
import { carryOut } from '../commands/carry-out.ts';
import { ServiceDoors, operatorSettings } from '../doors/service-doors.ts';
import { readOrder } from '../words/order.ts';

type Define = (env: NodeJS.ProcessEnv, shared: SharedParts) => ServiceBlueprint;

const HOUSE: Record<ServiceName, [Define, SchemaParts]> = {
  point: [definePoint, pointSchema],
  member: [defineMember, memberSchema],
  dashboard: [defineDashboard, dashboardSchema],
  billing: [defineBilling, billingSchema],
  deal: [defineDeal, dealSchema],
};

/** What a command said, and how it ended. */
export interface Said {
  readonly code: number;
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
  readonly document: unknown;
}

const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };
const WAIT_MAX_MS = 60_000;

/** All five services in this process, on databases and queues of their own on the real servers. */
export class WholeHouse {
  readonly name = `t_${randomBytes(5).toString('hex')}`;
  readonly mysqlUrl = process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306';
  readonly rabbitUrl = process.env['RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672';
  readonly databases = new Map<ServiceName, Database>();
  readonly #services = new Map<ServiceName, RunningService>();

  async start(): Promise<void> {
    for (const service of serviceNames) {
      await migrate(this.#storageOf(service), HOUSE[service][1]);
      this.databases.set(service, await Database.open(this.#storageOf(service), HOUSE[service][1]));
    }
    for (const service of serviceNames) await this.startOne(service);
  }

  async startOne(service: ServiceName): Promise<void> {
    const env = {
      ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', [`${service.toUpperCase()}_PORT`]: '0' },
      ...{ MYSQL_URL: this.mysqlUrl, MYSQL_DATABASE_PREFIX: `${this.name}_` },
      ...{ RABBITMQ_URL: this.rabbitUrl, EVENTS_NAMESPACE: this.name },
      ...{ ONEPOINT_DATA: join(tmpdir(), this.name), POINT_URL: this.#services.get('point')?.url },
    };
    this.#services.set(service, await startService(HOUSE[service][0](env, {})));
  }

  async stopOne(service: ServiceName): Promise<void> {
    await this.#services.get(service)?.stop();
    this.#services.delete(service);
  }

  /** Everything stopped, and every trace on the servers gone. */
  async remove(): Promise<void> {
    for (const service of serviceNames) await this.stopOne(service);
    const [any] = this.databases.values();
    for (const service of serviceNames) {
      await any?.transaction((tx) => tx.execute(`DROP DATABASE IF EXISTS ${this.name}_${service}`));
    }
    for (const database of this.databases.values()) await database.close();
    const connection = await connect(this.rabbitUrl);
    const channel = await connection.createChannel();
    for (const service of serviceNames) {
      const { queue, dead, retry } = rabbitNames(this.name, service);
      const queues = [queue, dead, ...defaultRetryDelaysMs.map(retry)];
      for (const each of queues) await channel.deleteQueue(each);
    }
    await channel.deleteExchange(`${this.name}.events`);
    await connection.close();
  }

  /** One command, as `npm run events --` would carry it out. */
  async events(...words: string[]): Promise<Said> {
    const { order, isJson } = readOrder(words);
    const [lines, complaints, documents]: [string[], string[], unknown[]] = [[], [], []];
    const desk = new BrokerDesk({ url: this.rabbitUrl, namespace: this.name, logger: silent });
    const urls = serviceNames.map((service) => [
      `${service.toUpperCase()}_URL`,
      this.#services.get(service)?.url ?? 'http://127.0.0.1:1',
    ]);
    const doors = new ServiceDoors(operatorSettings(Object.fromEntries(urls)));
    try {
      const code = await carryOut(order, doors, desk, {
        isJson,
        line: (text) => void (isJson || lines.push(text)),
        document: (value) => void (isJson && documents.push(value)),
        complain: (text) => void complaints.push(text),
        progress: () => undefined,
      });
      return { code, lines, complaints, document: documents[0] };
    } finally {
      await desk.close();
    }
  }

  async ask(
    service: ServiceName,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${this.#services.get(service)?.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  rows<Row>(service: ServiceName, sql: string): Promise<Row[]> {
    return this.databases.get(service)!.read((read) => read.query<Row>(sql));
  }

  /** Outboxes and queues are empty, twice in a row: the dust has settled. */
  async settled(): Promise<void> {
    const desk = new BrokerDesk({ url: this.rabbitUrl, namespace: this.name, logger: silent });
    try {
      let calm = 0;
      await until('the dust has settled', async () => {
        calm = (await this.#isCalm(desk)) ? calm + 1 : 0;
        return calm === 3;
      });
    } finally {
      await desk.close();
    }
  }

  async #isCalm(desk: BrokerDesk): Promise<boolean> {
    for (const service of serviceNames) {
      const unsent = 'SELECT id FROM outbox WHERE position IS NULL LIMIT 1';
      if ((await this.rows(service, unsent)).length > 0) return false;
      const depths = await desk.depths(service, defaultRetryDelaysMs);
      if (depths === null || !this.#services.has(service)) continue;
      if (depths.ready > 0 || depths.retry.some(({ messages }) => messages > 0)) return false;
    }
    return true;
  }

  #storageOf(service: ServiceName) {
    const database = `${this.name}_${service}`;
    return { kind: 'mysql', url: this.mysqlUrl, database, poolMax: 6 } as const;
  }
}

/** Waits for a condition that becomes true by itself; fails loudly when it does not. */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MAX_MS;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain for: ${what}`);
    await wait(100);
  }
}
