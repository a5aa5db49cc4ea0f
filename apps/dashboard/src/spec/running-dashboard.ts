import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessTransport } from '@onepoint/messaging';
import type { EventTransport } from '@onepoint/messaging';
import { Database, migrate } from '@onepoint/persistence';
import type { MysqlStorage, StorageOptions } from '@onepoint/persistence';
import { startService } from '@onepoint/platform';
import type { RunningService } from '@onepoint/platform';
import { dashboardSchema, defineDashboard } from '../dashboard.module.ts';
import { ProjectEvents } from '../projections/project-events.ts';
import type { Said } from './said.ts';

/** A dashboard that listens, with what a test needs of its inside. */
export interface RunningDashboard {
  readonly url: string;
  readonly app: RunningService['app'];
  readonly transport: EventTransport;
  readonly database: Database;
  /** Hands an event in as the consumer does; settles as the consumer sees it settle. */
  hear(event: Said): Promise<void>;
  hearAll(events: readonly Said[]): Promise<void>;
  /** Rows of a table, named without its generation, in an order that does not vary. */
  rowsOf(table: string): Promise<Record<string, unknown>[]>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts a dashboard on its own port; in memory unless told otherwise. */
export async function startDashboard(
  storage: StorageOptions = { kind: 'sqlite', file: ':memory:' },
  env: Record<string, string> = {},
): Promise<RunningDashboard> {
  const transport = new InProcessTransport({
    expectedReaders: ['dashboard'],
    deadLetterFile: join(tmpdir(), `onepoint-${randomUUID()}.ndjson`),
  });
  const settings = { DASHBOARD_PORT: '0', LOG_LEVEL: 'silent', ...env };
  const service = await startService(defineDashboard(settings, { transport, storage }));
  const { app, url } = service;
  const database = app.get(Database);
  const projections = app.get(ProjectEvents);
  const hear = (told: Said): Promise<void> => projections.hear(told.key, told.event);
  return {
    ...{ url, app, transport, database, hear },
    async hearAll(events) {
      await Promise.all(events.map(hear));
    },
    async rowsOf(table) {
      const all = `SELECT * FROM ${table}_g1`;
      const rows = await database.read((sql) => sql.query<Record<string, unknown>>(all));
      const text = JSON.stringify;
      return rows.sort((a, b) => (text(a) < text(b) ? -1 : 1));
    },
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers }),
    async stop() {
      await service.stop();
      await transport.close();
    },
  };
}

/** A migrated database of its own on the test server, and how to be rid of it. */
export async function freshMariadb(): Promise<{ storage: MysqlStorage; drop(): Promise<void> }> {
  const storage: MysqlStorage = {
    kind: 'mysql',
    url: process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
    database: `t_dashboard_${randomUUID().slice(0, 8)}`,
  };
  await migrate(storage, dashboardSchema);
  const drop = async (): Promise<void> => {
    const database = await Database.open(storage, { entities: [], migrations: [] });
    await database.transaction((tx) => tx.execute(`DROP DATABASE ${storage.database}`));
    await database.close();
  };
  return { storage, drop };
}
