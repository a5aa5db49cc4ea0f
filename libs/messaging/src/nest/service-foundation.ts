import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { ServiceName } from '@onepoint/contracts';
import { Database, DatabaseModule, migrate } from '@onepoint/persistence';
import type { SchemaParts, StorageOptions } from '@onepoint/persistence';
import { PlatformModule, parseSettings, processSettingsSchema } from '@onepoint/platform';
import type { ProcessSettings } from '@onepoint/platform';
import { RabbitTransport } from '../rabbit/rabbit-transport.ts';
import type { EventTransport } from '../transport/event-transport.ts';
import { brokerCheck } from './broker-check.ts';
import { MessagingModule } from './messaging.module.ts';

/** What a service is given by whoever starts it; what is missing it takes from its settings. */
export interface SharedParts {
  /** Shared with others in one process, and closed by whoever made it. */
  readonly transport?: EventTransport;
  readonly storage?: StorageOptions;
}

/** What one service stands on. */
export interface FoundationOptions {
  readonly name: ServiceName;
  readonly settings: ProcessSettings;
  readonly schema: SchemaParts;
  readonly shared: SharedParts;
}

const PING_TIMEOUT_MS = 1_000;

/**
 * The services that hear events. Nothing is published before each of them has its queue: what is
 * published earlier would never reach it (P4). Until then it waits in the outbox.
 */
const READERS: readonly ServiceName[] = ['point', 'deal', 'billing', 'dashboard'];

/**
 * The modules that every service stands on: platform, its own database, messaging, and Nest CQRS. A
 * service without its database is not ready; without the broker it is, for what it can do (P5).
 */
export function foundation(options: FoundationOptions): DynamicModule[] {
  const { name, settings, schema, shared } = options;
  const transport =
    shared.transport ??
    new RabbitTransport({
      url: settings.RABBITMQ_URL,
      namespace: settings.EVENTS_NAMESPACE,
      expectedReaders: READERS,
      eventsPerMessageMax: settings.EVENTS_PER_MESSAGE_MAX,
    });
  return [
    PlatformModule.forService({
      name,
      settings,
      checks: (find) => [
        { name: 'database', required: true, check: () => find(Database).ping(PING_TIMEOUT_MS) },
        brokerCheck(transport),
      ],
    }),
    DatabaseModule.forService(shared.storage ?? mysqlStorage(name, settings), schema),
    MessagingModule.forService({
      service: name,
      transport,
      ownsTransport: shared.transport === undefined,
      database: Database,
      keepMs: settings.OUTBOX_KEEP_MS,
    }),
    CqrsModule.forRoot(),
  ];
}

/** The database of a service on the configured server: its name is the prefix and the service. */
export function mysqlStorage(name: ServiceName, settings: ProcessSettings): StorageOptions {
  const { MYSQL_URL: url, MYSQL_DATABASE_PREFIX: prefix } = settings;
  return { kind: 'mysql', url, database: `${prefix}${name}` };
}

/**
 * The whole of a service's `migrate.ts`, a job of its own: it needs the database and no secret of the
 * running service. Says in one line what it did; exit code 1 when it could not.
 */
export async function runMigration(
  name: ServiceName,
  schema: SchemaParts,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  try {
    const settings = parseSettings(processSettingsSchema, env);
    const ran = await migrate(mysqlStorage(name, settings), schema);
    process.stdout.write(`${name}: ${ran.length === 0 ? 'nothing to migrate' : ran.join(', ')}\n`);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.stderr.write(`${name}: not migrated: ${why}\n`);
    process.exitCode = 1;
  }
}
