import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  explainFailure,
  nodeVersionComplaint,
  openDoors,
  parseSettings,
  processSettingsSchema,
} from '@onepoint/platform';
import type { ProcessSettings } from '@onepoint/platform';
import { z } from 'zod';
import { ChildNeverStarted, ChildService } from './child-service.ts';
import { registerSampleMerchants } from './sample-merchants.ts';
import { waitForServers } from './wait-for-servers.ts';

const APPS = resolve(import.meta.dirname, '../../../apps');
/** In the order of their ports. */
const NAMES = ['point', 'member', 'dashboard', 'billing', 'deal'] as const;

const USAGE = `npm run start:full

The five services as processes of their own, on MySQL (MYSQL_URL) and RabbitMQ (RABBITMQ_URL), at
127.0.0.1:8081 to 8085. Waits for both servers first (SERVERS_WAIT_MS, default 60000).
`;

const fullSettingsSchema = processSettingsSchema.extend({
  /** How long the database and the broker are waited for. */
  SERVERS_WAIT_MS: z.coerce.number().int().min(0).max(600_000).default(60_000),
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** A migration ended with an error, which it has said itself. */
class NotMigrated extends Error {
  override readonly name = 'NotMigrated';
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(USAGE);
  const env = { LOG_LEVEL: 'error', ...process.env };
  const settings = parseSettings(fullSettingsSchema, env);
  // Each service checks its own doors; asked here, what is missing is said once, and before any waiting.
  const doorsAreOpen = openDoors(settings);
  const children: ChildService[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  endOnSignal(stopAll);
  await waitForServers(
    [
      { name: 'MySQL', url: settings.MYSQL_URL, defaultPort: 3306 },
      { name: 'RabbitMQ', url: settings.RABBITMQ_URL, defaultPort: 5672 },
    ],
    settings.SERVERS_WAIT_MS,
    say,
  );
  await Promise.all(NAMES.map((name) => migrateService(name, env)));
  for (const name of NAMES) {
    const program = join(APPS, name, 'dist/main.js');
    children.push(new ChildService({ name, program, env, say, complain }));
  }
  try {
    await Promise.all(
      children.map(async (child, place) => {
        await child.start();
        say(`${NAMES[place]!.padEnd(9)} ${urlOf(NAMES[place]!, settings)} (pid ${child.pid})`);
      }),
    );
    if (doorsAreOpen) {
      await registerSampleMerchants(urlOf('deal', settings));
      say('open doors: calls without credentials are let in, on loopback only');
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
  say('OnePoint is ready');
}

/** Migrations are a job of their own, as in a cluster: no service migrates while it serves. */
async function migrateService(name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const job = spawn(process.execPath, [join(APPS, name, 'dist/migrate.js')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(job, 'exit')) as [number | null];
  if (code !== 0) throw new NotMigrated(`the database of ${name} was not migrated`);
}

function urlOf(name: (typeof NAMES)[number], settings: ProcessSettings): string {
  const ports = {
    point: settings.POINT_PORT,
    member: settings.MEMBER_PORT,
    dashboard: settings.DASHBOARD_PORT,
    billing: settings.BILLING_PORT,
    deal: settings.DEAL_PORT,
  };
  return `http://${settings.ONEPOINT_HOST}:${ports[name]}`;
}

function endOnSignal(stop: () => Promise<void>): void {
  const end = (): void => void stop().then(() => process.exit(0), giveUp);
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function giveUp(error: unknown): void {
  for (const line of linesOf(error)) complain(line);
  process.exit(1);
}

/** Who has said already why it could not go on is not talked over. */
function linesOf(error: unknown): string[] {
  if (error instanceof NotMigrated) return [error.message];
  if (error instanceof ChildNeverStarted) return error.hasSaidWhy ? [] : [error.message];
  return explainFailure(error);
}

const complaint = nodeVersionComplaint(process.versions.node);
if (complaint === null) await main().catch(giveUp);
else giveUp(new Error(complaint));
