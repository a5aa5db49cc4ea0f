import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, migrate } from '@onepoint/persistence';
import type { Dialect, StorageOptions } from '@onepoint/persistence';
import { createConnection } from 'mysql2/promise';
import { messagingSchema } from '../outbox/messaging-schema.ts';

const serverUrl = process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306';

/** A database of its own on a real engine, with an outbox; dropped afterwards. */
export class DatabasePlayground {
  readonly #folder: string;
  readonly #opened: Database[] = [];

  private constructor(
    readonly storage: StorageOptions,
    folder: string,
  ) {
    this.#folder = folder;
  }

  static async make(dialect: Dialect): Promise<DatabasePlayground> {
    const folder = await mkdtemp(join(tmpdir(), 'outbox-'));
    const storage: StorageOptions =
      dialect === 'sqlite'
        ? { kind: 'sqlite', file: join(folder, 'outbox.sqlite') }
        : { kind: 'mysql', url: serverUrl, database: `t_${randomUUID().slice(0, 8)}_outbox` };
    await migrate(storage, messagingSchema);
    return new DatabasePlayground(storage, folder);
  }

  async open(): Promise<Database> {
    const db = await Database.open(this.storage, messagingSchema);
    this.#opened.push(db);
    return db;
  }

  async clean(): Promise<void> {
    await Promise.all(this.#opened.map((db) => db.close()));
    await rm(this.#folder, { recursive: true, force: true });
    if (this.storage.kind === 'sqlite') return;
    const connection = await createConnection(serverUrl);
    await connection.query(`DROP DATABASE IF EXISTS \`${this.storage.database}\``);
    await connection.end();
  }
}
