import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventCatalogue, parseEvent } from '@onepoint/contracts';
import type { EventDataOf, EventKey, OnePointEvent } from '@onepoint/contracts';
import { InProcessTransport } from '@onepoint/messaging';
import { Database, migrate } from '@onepoint/persistence';
import type { Dialect, StorageOptions, Transaction } from '@onepoint/persistence';
import { startService } from '@onepoint/platform';
import type { RunningService } from '@onepoint/platform';
import { dealSchema, defineDeal } from '../deal.module.ts';
import { ScriptedPoint } from './scripted-point.ts';
import { until } from './until.ts';

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** One running Deal; several may share a database, each with a broker of its own. */
interface DealReplica {
  readonly service: RunningService;
  readonly transport: InProcessTransport;
}

const says: EventKey[] = [
  'deal.saved.v1',
  'deal.used.v1',
  'deal.save-cancelled.v1',
  'deal.use-cancelled.v1',
  'deal.failed.v1',
  'merchant.registered.v1',
  'merchant.updated.v1',
];

/** Deal over HTTP on one engine, with Point and the broker played by the test. */
export class DealPlace {
  readonly storage: StorageOptions;
  readonly point = new ScriptedPoint();
  readonly replicas: DealReplica[] = [];
  /** What Deal has said, each event once. */
  readonly said = new Map<string, OnePointEvent>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'onepoint-deal-'));

  constructor(readonly dialect: Dialect) {
    this.storage =
      dialect === 'sqlite'
        ? { kind: 'sqlite', file: join(this.#folder, 'deal.sqlite') }
        : {
            kind: 'mysql',
            url: process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
            database: `t_${randomBytes(6).toString('hex')}_deal`,
          };
  }

  /** Migrates and starts one replica. */
  async start(env: Record<string, string> = {}): Promise<void> {
    const isFirst = this.replicas.length === 0;
    if (isFirst) await migrate(this.storage, dealSchema);
    const settings = {
      ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', DEAL_PORT: '0', DEAL_SWEEP_EVERY_MS: '60000' },
      // A busy machine is no outage: a test that wants one says so.
      ...{
        DEAL_USE_BUDGET_MS: '5000',
        DEAL_DIRECT_BUDGET_MS: '5000',
        DEAL_PENDING_MAX_MS: '10000',
      },
      POINT_URL: isFirst ? await this.point.start() : this.point.url,
      ...env,
    };
    const transport = new InProcessTransport({
      expectedReaders: ['deal', 'dashboard'],
      deadLetterFile: join(this.#folder, 'dead-letters.ndjson'),
    });
    await transport.consume(
      {
        ...{ service: 'dashboard', keys: says, prefetch: 500, retryDelaysMs: [] },
        ...{ isAway: () => false, waitUntilBack: async () => {} },
      },
      async ({ id, key, body }) => {
        this.said.set(id, parseEvent(key as EventKey, JSON.parse(body)) as OnePointEvent);
      },
    );
    const { storage } = this;
    const service = await startService(defineDeal(settings, { storage, transport }));
    this.replicas.push({ service, transport });
  }

  /** Stops, and leaves nothing behind. */
  async remove(): Promise<void> {
    for (const { service, transport } of this.replicas.splice(0)) {
      await service.stop();
      await transport.close();
    }
    await this.point.stop();
    const { storage } = this;
    if (storage.kind === 'mysql') {
      await this.inDatabase((tx) => tx.execute(`DROP DATABASE ${storage.database}`));
    }
    rmSync(this.#folder, { recursive: true });
  }

  /** Does something to the tables behind the service's back. */
  async inDatabase<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const database = await Database.open(this.storage, dealSchema);
    try {
      return await database.transaction(work);
    } finally {
      await database.close();
    }
  }

  replica(index = 0): DealReplica {
    const replica = this.replicas[index];
    if (replica === undefined) throw new Error('deal is not running');
    return replica;
  }

  /** Tells Deal an event; resolves when it has been handled. */
  async hear<K extends EventKey>(key: K, subject: string, data: EventDataOf<K>): Promise<void> {
    const { type, version, source } = eventCatalogue[key];
    const [id, occurredAt] = [randomUUID(), new Date().toISOString()];
    const envelope = { id, type, version, source, subject, occurredAt, sequence: 1, data };
    const body = JSON.stringify({ ...envelope, correlationId: 'spec' });
    await Promise.all(this.replica().transport.publish([{ id, key, body, traceparent: null }]));
  }

  /** Waits for what Deal says of one deal: its one event, unless a test has made it say another. */
  async eventOf(dealId: unknown, type?: OnePointEvent['type']): Promise<OnePointEvent> {
    const about = `deal/${String(dealId)}`;
    const find = () =>
      [...this.said.values()].find(
        (event) => event.subject === about && event.type === (type ?? event.type),
      );
    await until(`an event of deal ${String(dealId)}`, () => find() !== undefined);
    return find()!;
  }

  /** One request; `body` is sent as JSON, a string as it is. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    index = 0,
  ): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.replica(index).service.url}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, body: parsed, headers: response.headers };
  }

  /** `POST /deals`, with a key when one is given. */
  deal(body: unknown, key?: string, index = 0): Promise<Answer> {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return this.ask('POST', '/deals', body, headers, index);
  }

  async get(dealId: unknown): Promise<Record<string, unknown>> {
    return (await this.ask('GET', `/deals/${String(dealId)}`)).body;
  }
}
