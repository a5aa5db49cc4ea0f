import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventKey } from '@onepoint/contracts';
import type { EventTransport, OutgoingMessage, PublishOutcome } from '@onepoint/messaging';
import { Database, migrate } from '@onepoint/persistence';
import type { Dialect, StorageOptions, Transaction } from '@onepoint/persistence';
import { startService } from '@onepoint/platform';
import type { RunningService } from '@onepoint/platform';
import { defineMember, memberSchema } from './member.module.ts';

/** An event as the others would hear it. */
export interface HeardEvent {
  readonly key: EventKey;
  readonly subject: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}

/** A transport that keeps what is published; it can be away, as a broker can. */
export class RecordingTransport implements EventTransport {
  status: 'up' | 'down' = 'up';
  readonly bodies: string[] = [];
  readonly #heard: { readonly event: HeardEvent; readonly id: string }[] = [];
  #waiting: (() => void)[] = [];

  publish(messages: readonly OutgoingMessage[]): Promise<PublishOutcome>[] {
    return messages.map(({ id, key, body }) => {
      const { subject, sequence, data } = JSON.parse(body) as HeardEvent;
      this.bodies.push(body);
      if (!this.#heard.some((known) => known.id === id)) {
        this.#heard.push({ id, event: { key, subject, sequence, data } });
      }
      for (const resolve of this.#waiting.splice(0)) resolve();
      return Promise.resolve('taken');
    });
  }

  /** Resolves with all events once there are so many. */
  async events(count: number): Promise<readonly HeardEvent[]> {
    while (this.#heard.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.#heard.map(({ event }) => event);
  }

  consume(): Promise<never> {
    return Promise.reject(new Error('Member hears nothing'));
  }

  async waitUntilUp(): Promise<void> {
    if (this.status === 'down') throw new Error('the broker is away');
  }

  async close(): Promise<void> {}
}

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** One place for members, on either engine, that several runs of the service can share. */
export class MemberPlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'onepoint-member-'));
  readonly storage: StorageOptions;
  readonly transport = new RecordingTransport();
  readonly dataKey = `k1:${randomBytes(32).toString('base64')}`;
  readonly hashKey = randomBytes(32).toString('base64');
  readonly logLines: string[] = [];
  #running: RunningService | null = null;

  constructor(dialect: Dialect) {
    this.storage =
      dialect === 'sqlite'
        ? { kind: 'sqlite', file: join(this.folder, 'member.sqlite') }
        : {
            kind: 'mysql',
            url: process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
            database: `t_${randomBytes(6).toString('hex')}_member`,
          };
  }

  /** Migrates and starts; what `env` does not say is said for a test on this machine. */
  async start(env: Record<string, string> = {}): Promise<RunningService> {
    await migrate(this.storage, memberSchema);
    const settings = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'trace',
      MEMBER_PORT: '0',
      ONEPOINT_DATA: this.folder,
      MEMBER_DATA_KEYS: this.dataKey,
      MEMBER_HASH_KEY: this.hashKey,
      ...env,
    };
    const { storage, transport } = this;
    const write = (line: string): void => void this.logLines.push(line);
    this.#running = await startService(defineMember(settings, { storage, transport }), {
      logDestination: { write },
    });
    return this.#running;
  }

  get app(): RunningService['app'] {
    return this.service.app;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
  }

  /** Stops, and leaves nothing behind. */
  async remove(): Promise<void> {
    await this.stop();
    const { storage } = this;
    if (storage.kind === 'mysql') {
      await this.inDatabase((sql) => sql.execute(`DROP DATABASE ${storage.database}`));
    }
    rmSync(this.folder, { recursive: true });
  }

  /** Does something to the tables behind the service's back. */
  async inDatabase<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const database = await Database.open(this.storage, memberSchema);
    try {
      return await database.transaction(work);
    } finally {
      await database.close();
    }
  }

  /** Everything that is stored, byte by byte: the files, or all columns of all tables. */
  async storedBytes(): Promise<Buffer> {
    if (this.storage.kind === 'sqlite') {
      const files = readdirSync(this.folder).map((name) => readFileSync(join(this.folder, name)));
      return Buffer.concat(files);
    }
    const tables = ['member', 'outbox', 'idempotency_key'];
    const rows = await this.inDatabase(async (sql) => {
      const found: Record<string, unknown>[] = [];
      for (const table of tables) {
        found.push(...(await sql.query<Record<string, unknown>>(`SELECT * FROM ${table}`)));
      }
      return found;
    });
    const values = rows.flatMap((row) => Object.values(row));
    return Buffer.concat(
      values.map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))),
    );
  }

  /** One request; `body` is sent as JSON, a string as it is. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.service.url}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      headers: response.headers,
    };
  }

  private get service(): RunningService {
    if (this.#running === null) throw new Error('the service is not running');
    return this.#running;
  }
}
