import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { migrate } from '@onepoint/persistence';
import {
  flushLogs,
  explainFailure,
  nodeVersionComplaint,
  openDoors,
  parseSettings,
  processSettingsSchema,
  startService,
} from '@onepoint/platform';
import type { RunningService } from '@onepoint/platform';
import { registerSampleMerchants } from './sample-merchants.ts';
import { standaloneFolder, standaloneServices } from './standalone-parts.ts';

const USAGE = `npm start [-- --fresh]

All five services in this process, on embedded storage, at 127.0.0.1:8081 to 8085.
  --fresh   throw away the data of earlier runs first
`;

/** A stop that takes longer than this is cut short. */
const STOP_MAX_MS = 30_000;

/** What to do last, once, however the program ends. */
async function stopAll(services: readonly RunningService[]): Promise<void> {
  // Those who write events stop before those who hear them.
  for (const service of services.toReversed()) await service.stop();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return void process.stdout.write(USAGE);
  // A terminal is for people: only what went wrong is said here unless more is asked for.
  const env = { LOG_LEVEL: 'error', ...process.env };
  const settings = parseSettings(processSettingsSchema, env);
  if (values.fresh)
    rmSync(standaloneFolder(settings.ONEPOINT_DATA), { recursive: true, force: true });

  const { services, transport } = standaloneServices(env, settings.ONEPOINT_DATA);
  const running: RunningService[] = [];
  try {
    for (const { define, schema, storage } of services) {
      await migrate(storage, schema);
      const service = await startService(define());
      running.push(service);
      process.stdout.write(`${service.name.padEnd(9)} ${service.url}\n`);
    }
    if (openDoors(settings)) {
      await registerSampleMerchants(running.at(-1)!.url);
      process.stdout.write('open doors: calls without credentials are let in, on loopback only\n');
    }
  } catch (error) {
    await stopAll(running);
    await transport.close();
    throw error;
  }
  process.stdout.write('OnePoint is ready\n');
  endOnSignal(async () => {
    await stopAll(running);
    await transport.close();
  });
}

function endOnSignal(stop: () => Promise<void>): void {
  const end = (): void => {
    setTimeout(() => process.exit(1), STOP_MAX_MS).unref();
    stop().then(async () => {
      await flushLogs();
      process.exit(0);
    }, giveUp);
  };
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
