import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventKeys } from '@onepoint/contracts';
import { dealSchema, defineDeal } from '@onepoint/deal';
import { InProcessTransport } from '@onepoint/messaging';
import type { IncomingMessage } from '@onepoint/messaging';
import { Database, migrate } from '@onepoint/persistence';
import type { Dialect, StorageOptions } from '@onepoint/persistence';
import { startService } from '@onepoint/platform';
import type { RunningService } from '@onepoint/platform';
import { definePoint, pointSchema } from '@onepoint/point';
import { UnsteadyWay } from './unsteady-way.ts';

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const quiet = { NODE_ENV: 'test', LOG_LEVEL: 'silent' };

/** Point and Deal on free ports in this process, over one transport, with an unsteady way between them. */
export class PointAndDeal {
  readonly way = new UnsteadyWay();
  /** Every message that was published, in the order in which they came. */
  readonly heard: IncomingMessage[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'onepoint-both-'));
  readonly #name = `t_${randomBytes(6).toString('hex')}`;
  readonly #transport: InProcessTransport;
  readonly #databases = new Map<string, Database>();
  #point: RunningService | null = null;
  #deal: RunningService | null = null;

  constructor(private readonly dialect: Dialect) {
    this.#transport = new InProcessTransport({
      expectedReaders: ['point', 'deal', 'dashboard'],
      deadLetterFile: join(this.#folder, 'dead-letters.ndjson'),
    });
  }

  async start(): Promise<void> {
    await this.#transport.consume(
      {
        ...{ service: 'dashboard', keys: eventKeys, prefetch: 500, retryDelaysMs: [] },
        ...{ isAway: () => false, waitUntilBack: async () => {} },
      },
      async (message) => void this.heard.push(message),
    );
    for (const [name, schema] of [
      ['point', pointSchema],
      ['deal', dealSchema],
    ] as const) {
      await migrate(this.#storageOf(name), schema);
      this.#databases.set(name, await Database.open(this.#storageOf(name), schema));
    }
    await this.startPoint();
    const settings = { ...quiet, DEAL_PORT: '0', POINT_URL: await this.way.open() };
    const budgets = { DEAL_USE_BUDGET_MS: '800', DEAL_DIRECT_BUDGET_MS: '600' };
    const shared = { transport: this.#transport, storage: this.#storageOf('deal') };
    this.#deal = await startService(defineDeal({ ...settings, ...budgets }, shared));
  }

  async startPoint(): Promise<void> {
    const settings = { ...quiet, POINT_PORT: '0', POINT_SWEEP_EVERY_MS: '50' };
    const shared = { transport: this.#transport, storage: this.#storageOf('point') };
    this.#point = await startService(definePoint(settings, shared));
    this.way.target = this.#point.url;
  }

  async stopPoint(): Promise<void> {
    await this.#point?.stop();
    this.#point = null;
  }

  async remove(): Promise<void> {
    await this.#deal?.stop();
    await this.stopPoint();
    await this.#transport.close();
    await this.way.close();
    for (const [name, database] of this.#databases) {
      if (this.dialect === 'mysql') {
        await database.transaction((tx) => tx.execute(`DROP DATABASE ${this.#name}_${name}`));
      }
      await database.close();
    }
    rmSync(this.#folder, { recursive: true });
  }

  /** Says for Member that somebody joins or leaves. */
  async member(memberId: number, what: 'created' | 'withdrawn'): Promise<void> {
    const [id, at] = [randomUUID(), new Date().toISOString()];
    const [key, version] = [`member.${what}.v1` as const, 1];
    const data = { memberId, [what === 'created' ? 'joinedAt' : 'withdrawnAt']: at };
    const about = { source: 'member', subject: `member/${memberId}`, sequence: 1 };
    const envelope = { id, type: `member.${what}`, version, ...about, occurredAt: at, data };
    const body = JSON.stringify({ ...envelope, correlationId: 'spec' });
    await Promise.all(this.#transport.publish([{ id, key, body, traceparent: null }]));
  }

  deal(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(this.#deal, 'POST', '/deals', body, headers);
  }

  cancel(dealId: unknown): Promise<Answer> {
    return this.#ask(this.#deal, 'POST', `/deals/${String(dealId)}/cancel`);
  }

  register(id: number): Promise<Answer> {
    return this.#ask(this.#deal, 'POST', '/merchants', { id, name: `shop ${id}` });
  }

  async get(dealId: unknown): Promise<Record<string, unknown>> {
    return (await this.#ask(this.#deal, 'GET', `/deals/${String(dealId)}`)).body;
  }

  async points(memberId: number): Promise<unknown> {
    return (await this.#ask(this.#point, 'GET', `/points/${memberId}`)).body['point'];
  }

  /** Rows of a service's own tables. */
  rows<Row>(service: 'point' | 'deal', sql: string): Promise<Row[]> {
    return this.#databases.get(service)!.read((read) => read.query<Row>(sql));
  }

  /** Waits until no request and no event is on its way any more: the dust has settled. */
  async settled(): Promise<void> {
    await until('the dust has settled', async () => {
      if (this.way.underWay > 0) return false;
      for (const service of ['deal', 'point', 'deal'] as const) {
        const unsent = await this.rows(service, 'SELECT id FROM outbox WHERE position IS NULL');
        if (unsent.length > 0) return false;
      }
      return (await this.rows('point', 'SELECT deal_id FROM waiting_change')).length === 0;
    });
  }

  async #ask(
    service: RunningService | null,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    if (service === null) throw new Error('the service is not running');
    const response = await fetch(`${service.url}${path}`, {
      method,
      ...(body === undefined
        ? { headers }
        : {
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify(body),
          }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  #storageOf(name: 'point' | 'deal'): StorageOptions {
    return this.dialect === 'sqlite'
      ? { kind: 'sqlite', file: join(this.#folder, `${name}.sqlite`) }
      : {
          kind: 'mysql',
          url: process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
          database: `${this.#name}_${name}`,
        };
  }
}

/** Waits for what becomes true by itself; fails loudly when it does not. */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + 15_000;
  while (!(await isTrue())) {
    if (performance.now() > untilMs) throw new Error(`waited in vain for: ${what}`);
    await sleep(10);
  }
}
