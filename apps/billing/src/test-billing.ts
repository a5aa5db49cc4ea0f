import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, migrate } from '@onepoint/persistence';
import type { Dialect, StorageOptions, Transaction } from '@onepoint/persistence';
import { Clock, startService } from '@onepoint/platform';
import type { RunningService } from '@onepoint/platform';
import { billingSchema, defineBilling } from './billing.module.ts';
import { DealServer } from './test-deal-server.ts';
import type { TestDeal } from './test-deal-server.ts';
import { calendar, thisMonth } from './test-months.ts';
import { HandTransport } from './test-transport.ts';

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Headers;
}

/** A deal of a test; what it does not say is said for it. */
export interface Dealing {
  readonly dealId: number;
  readonly type?: TestDeal['type'];
  readonly point?: number;
  readonly merchantId?: number;
  /** Epoch milliseconds; now unless said otherwise. */
  readonly at?: number;
  readonly commissionBps?: number;
  readonly earnChargeBps?: number;
}

const keyOfType = {
  use: 'deal.used.v1',
  save: 'deal.saved.v1',
  useCancel: 'deal.use-cancelled.v1',
  saveCancel: 'deal.save-cancelled.v1',
} as const;

/** Billing over HTTP on one engine, with Deal and the broker played by the test. */
export class BillingPlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'onepoint-billing-'));
  readonly storage: StorageOptions;
  readonly transport = new HandTransport();
  readonly deal = new DealServer();
  readonly logLines: string[] = [];
  /** Several replicas may run on the same database; requests go to the first unless told. */
  readonly services: RunningService[] = [];
  #dealUrl = '';

  constructor(readonly dialect: Dialect) {
    this.storage =
      dialect === 'sqlite'
        ? { kind: 'sqlite', file: join(this.folder, 'billing.sqlite') }
        : {
            kind: 'mysql',
            url: process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
            database: `t_${randomBytes(6).toString('hex')}_billing`,
          };
  }

  async start(
    env: Record<string, string> = {},
    transport = this.transport,
  ): Promise<RunningService> {
    if (this.#dealUrl === '') this.#dealUrl = await this.deal.start();
    await migrate(this.storage, billingSchema);
    const settings = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'trace',
      BILLING_PORT: '0',
      DEAL_URL: this.#dealUrl,
      BILLING_COMPLETENESS_WAIT_MS: '60',
      BILLING_COMPLETENESS_LOOK_MS: '10',
      BILLING_ANNOUNCE_EVERY_MS: '20',
      BILLING_CLOSE_EVERY_MS: '20',
      ONEPOINT_DATA: this.folder,
      ...env,
    };
    const write = (line: string): void => void this.logLines.push(line);
    const service = await startService(
      defineBilling(settings, { storage: this.storage, transport }),
      { logDestination: { write } },
    );
    this.services.push(service);
    return service;
  }

  async stop(): Promise<void> {
    for (const service of this.services.splice(0)) await service.stop();
  }

  /** Stops, and leaves nothing behind. */
  async remove(): Promise<void> {
    await this.stop();
    await this.deal.stop();
    const { storage } = this;
    if (storage.kind === 'mysql') {
      await this.inDatabase((tx) => tx.execute(`DROP DATABASE ${storage.database}`));
    }
    rmSync(this.folder, { recursive: true });
  }

  /** Does something to the tables behind the service's back. */
  async inDatabase<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const database = await Database.open(this.storage, billingSchema);
    try {
      return await database.transaction(work);
    } finally {
      await database.close();
    }
  }

  /** The time that the service takes for now. */
  setNow(now: number): void {
    Object.assign(this.service().app.get(Clock), { now: () => now });
  }

  async register(merchantId = 20, sequence = 0, keys: { keyId: string; hash: string }[] = []) {
    const terms = { earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 };
    const fact = { merchantId, name: `merchant ${merchantId}`, ...terms, keys };
    await this.transport.tell('merchant.registered.v1', fact, sequence);
  }

  /** Deals happen at Deal, which counts them, and Billing hears of them. */
  async happen(...dealings: readonly Dealing[]): Promise<void> {
    this.count(...dealings);
    await this.hear(...dealings);
  }

  /** Deals happen and the events stay on their way. */
  count(...dealings: readonly Dealing[]): void {
    for (const { dealId, type = 'use', point = 100, merchantId = 20, at } of dealings) {
      const month = calendar.monthOf(at ?? Date.now());
      this.deal.deals.push({ dealId, merchantId, type, point, month });
    }
  }

  /** Events arrive, all at once. */
  async hear(...dealings: readonly Dealing[]): Promise<void> {
    await Promise.all(dealings.map((dealing) => this.#tell(dealing)));
  }

  #tell(dealing: Dealing): Promise<void> {
    const { dealId, type = 'use', point = 100, merchantId = 20, at = Date.now() } = dealing;
    const dealDate = new Date(at).toISOString();
    const data = {
      dealId,
      memberId: 1,
      merchantId,
      dealAmount: 10_000,
      point,
      dealDate,
      earnRateBps: 100,
      commissionBps: dealing.commissionBps ?? 200,
      earnChargeBps: dealing.earnChargeBps ?? 0,
      originalDealId: 1,
      originalDealDate: dealDate,
    };
    return this.transport.tell(keyOfType[type], data);
  }

  settle(billingMonth = thisMonth, merchantId: unknown = 20): Promise<Answer> {
    return this.ask('POST', '/billings', { merchantId, billingMonth });
  }

  /** One request; `body` is sent as JSON, a string as it is. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    service = this.service(),
  ): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, body: parsed, text, headers: response.headers };
  }

  service(): RunningService {
    const [service] = this.services;
    if (service === undefined) throw new Error('billing is not running');
    return service;
  }
}
