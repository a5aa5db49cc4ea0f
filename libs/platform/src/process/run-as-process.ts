import { constants, setPriority } from 'node:os';
import { explainFailure } from './explain-failure.ts';
import { flushLogs } from '../logs/standard-output.ts';
import { nodeVersionComplaint } from './node-version.ts';
import type { RunningService, ServiceBlueprint } from './service-blueprint.ts';
import { startService } from './start-service.ts';

/** A stop that takes longer than this is cut short: an orchestrator would kill us soon anyway. */
const stopMaxMs = 30_000;

/**
 * The whole of a service's `main.ts`. Checks the Node version, reads the environment, starts the
 * service and prints `<service> listening on <url>`; SIGTERM and SIGINT stop it and exit 0. Whatever
 * keeps it from starting is said in clear lines on standard error, exit 1.
 */
export async function runAsProcess(
  define: (env: NodeJS.ProcessEnv) => ServiceBlueprint | Promise<ServiceBlueprint>,
): Promise<void> {
  const complaint = nodeVersionComplaint(process.versions.node);
  if (complaint !== null) return giveUp([complaint]);
  let name = 'service';
  try {
    const blueprint = await define(process.env);
    name = blueprint.name;
    if (blueprint.yields) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    const service = await startService(blueprint);
    const note = service.openDoors ? ' (open doors: no credentials asked, loopback only)' : '';
    process.stdout.write(`${service.name} listening on ${service.url}${note}\n`);
    stopOnSignal(service);
  } catch (error) {
    await giveUp(explainFailure(error).map((line) => `${name}: ${line}`));
  }
}

function stopOnSignal(service: RunningService): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const patience = setTimeout(() => {
      void giveUp([`${service.name}: did not stop within ${stopMaxMs / 1000} s`]);
    }, stopMaxMs);
    service
      .stop()
      .then(
        async () => {
          await flushLogs();
          process.exit(0);
        },
        (error: unknown) =>
          giveUp(explainFailure(error).map((line) => `${service.name}: while stopping: ${line}`)),
      )
      .finally(() => {
        clearTimeout(patience);
      });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function giveUp(lines: readonly string[]): Promise<void> {
  process.stderr.write(`${lines.join('\n')}\n`);
  await flushLogs();
  process.exit(1);
}
