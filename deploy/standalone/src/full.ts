import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import {
  explainFailure,
  nodeVersionComplaint,
  openDoors,
  parseSettings,
  processSettingsSchema,
} from '@onepoint/platform';
import type { ProcessSettings } from '@onepoint/platform';
import { ChildService } from './child-service.ts';
import { registerSampleMerchants } from './sample-merchants.ts';
import { waitForServers } from './wait-for-servers.ts';

const APPS = resolve(import.meta.dirname, '../../../apps');
/** In the order of their ports. */
const NAMES = ['point', 'member', 'dashboard', 'billing', 'deal'] as const;
const SERVERS_MAX_MS = 60_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** A migration ended with an error, which it has said itself. */
class NotMigrated extends Error {
  override readonly name = 'NotMigrated';
}

async function main(): Promise<void> {
  const env = { LOG_LEVEL: 'error', ...process.env };
  const settings = parseSettings(processSettingsSchema, env);
  await waitForServers(
    [
      { name: 'MySQL', url: settings.MYSQL_URL, defaultPort: 3306 },
      { name: 'RabbitMQ', url: settings.RABBITMQ_URL, defaultPort: 5672 },
    ],
    SERVERS_MAX_MS,
    say,
  );
  await Promise.all(NAMES.map((name) => migrateService(name, env)));
  const children = NAMES.map(
    (name) =>
      new ChildService({ name, program: join(APPS, name, 'dist/main.js'), env, say, complain }),
  );
  const stopAll = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  endOnSignal(stopAll);
  try {
    await Promise.all(
      children.map(async (child, place) => {
        await child.start();
        say(`${NAMES[place]!.padEnd(9)} ${urlOf(NAMES[place]!, settings)} (pid ${child.pid})`);
      }),
    );
    if (openDoors(settings)) {
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
  process.stderr.write(`${explainFailure(error).join('\n')}\n`);
  process.exit(1);
}

const complaint = nodeVersionComplaint(process.versions.node);
if (complaint === null) await main().catch(giveUp);
else giveUp(new Error(complaint));
