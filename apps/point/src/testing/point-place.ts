import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEvent } from '@onepoint/contracts';
import type { EventOf } from '@onepoint/contracts';
import { InProcessTransport } from '@onepoint/messaging';
import type { OutgoingMessage } from '@onepoint/messaging';
import { Database, migrate } from '@onepoint/persistence';
import type { Dialect, StorageOptions, Transaction } from '@onepoint/persistence';
import { Clock, startService } from '@onepoint/platform';
import type { RunningService } from '@onepoint/platform';
import { definePoint, pointSchema } from '../point.module.ts';
import { until } from './until.ts';

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** One running Point with the events that go in and come out. */
export interface PointReplica {
  readonly service: RunningService;
  readonly transport: InProcessTransport;
  /** What this replica's relay has published of `point.changed.v1`. */
  readonly changes: EventOf<'point.changed.v1'>[];
}

/** Point over HTTP on one engine; several replicas may share its database. */
export class PointPlace {
  readonly storage: StorageOptions;
  readonly replicas: PointReplica[] = [];
  readonly logLines: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'onepoint-point-'));

  constructor(readonly dialect: Dialect) {
    this.storage =
      dialect === 'sqlite'
        ? { kind: 'sqlite', file: join(this.#folder, 'point.sqlite') }
        : {
            kind: 'mysql',
            url: process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
            database: `t_${randomBytes(6).toString('hex')}_point`,
          };
  }

  /** Migrates and starts one replica; the broker between the services is the test's own. */
  async start(env: Record<string, string> = {}): Promise<PointReplica> {
    await migrate(this.storage, pointSchema);
    const transport = new InProcessTransport({
      expectedReaders: ['point', 'dashboard'],
      deadLetterFile: join(this.#folder, 'dead-letters.ndjson'),
    });
    const changes: EventOf<'point.changed.v1'>[] = [];
    await transport.consume(
      {
        service: 'dashboard',
        keys: ['point.changed.v1', 'point.account-opened.v1', 'point.extinguished.v1'],
        prefetch: 500,
        retryDelaysMs: [],
        isAway: () => false,
        waitUntilBack: async () => {},
      },
      async ({ key, body }) => {
        if (key === 'point.changed.v1') changes.push(parseEvent(key, JSON.parse(body)));
      },
    );
    const settings = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      POINT_PORT: '0',
      POINT_SWEEP_EVERY_MS: '50',
      ...env,
    };
    const service = await startService(
      definePoint(settings, { storage: this.storage, transport }),
      { logDestination: { write: (line: string) => void this.logLines.push(line) } },
    );
    const replica = { service, transport, changes };
    this.replicas.push(replica);
    return replica;
  }

  /** Stops, and leaves nothing behind. */
  async remove(): Promise<void> {
    for (const { service, transport } of this.replicas.splice(0)) {
      await service.stop();
      await transport.close();
    }
    const { storage } = this;
    if (storage.kind === 'mysql') {
      await this.inDatabase((tx) => tx.execute(`DROP DATABASE ${storage.database}`));
    }
    rmSync(this.#folder, { recursive: true });
  }

  /** Does something to the tables behind the service's back. */
  async inDatabase<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const database = await Database.open(this.storage, pointSchema);
    try {
      return await database.transaction(work);
    } finally {
      await database.close();
    }
  }

  replica(index = 0): PointReplica {
    const replica = this.replicas[index];
    if (replica === undefined) throw new Error('point is not running');
    return replica;
  }

  /** Resolves when Point has handled the messages (or set them aside). */
  async hear(...messages: readonly OutgoingMessage[]): Promise<void> {
    await Promise.all(this.replica().transport.publish(messages));
  }

  /** The time that a replica takes for now. */
  setNow(now: () => number, index = 0): void {
    Object.assign(this.replica(index).service.app.get(Clock), { now });
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

  /** The balance as the door shows it. */
  async balance(memberId: number): Promise<unknown> {
    return (await this.ask('GET', `/points/${memberId}`)).body['point'];
  }

  /** Every ledger row of a member, oldest decision first. */
  entries(memberId: number): Promise<Record<string, unknown>[]> {
    return this.inDatabase((tx) =>
      tx.query<Record<string, unknown>>(
        `SELECT cause, cause_id AS causeId, kind, outcome, reason, delta, balance_after AS balanceAfter,
           sequence FROM ledger_entry WHERE member_id = ? ORDER BY sequence, cause_id, cause`,
        [memberId],
      ),
    );
  }

  /** Waits until nothing waits any more. */
  async settled(): Promise<void> {
    await until('no change waits', async () => {
      const rows = await this.inDatabase((tx) => tx.query('SELECT deal_id FROM waiting_change'));
      return rows.length === 0;
    });
  }
}
