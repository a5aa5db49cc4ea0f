import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerDidNotStart } from './child-server.mjs';
import { askMySql, askRabbitMq } from './probe.mjs';
import { findProgram, outputOf } from './programs.mjs';

/** @typedef {import('./child-server.mjs').PrivateServer} PrivateServer */

const upWithinMs = 180_000;
const pollEveryMs = 500;

/** True when a Docker engine answers (the command alone is not enough). */
export function hasDocker() {
  return (
    findProgram('docker') !== null && outputOf('docker', ['info', '--format', '{{.ID}}']) !== ''
  );
}

/** @param {number} port @returns {Promise<PrivateServer>} */
export function startMariaDbInDocker(port) {
  const options = [
    '--env',
    'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1',
    '--publish',
    `127.0.0.1:${port}:3306`,
  ];
  const url = `mysql://root@127.0.0.1:${port}`;
  return startContainer({ image: 'mariadb:10.11', options, port, url, ask: askMySql });
}

/** @param {number} port @returns {Promise<PrivateServer>} */
export function startRabbitMqInDocker(port) {
  const options = ['--publish', `127.0.0.1:${port}:5672`];
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  return startContainer({ image: 'rabbitmq:4', options, port, url, ask: askRabbitMq });
}

/**
 * @param {{ image: string; options: string[]; port: number; url: string; ask: (url: string) => Promise<string> }} what
 * @returns {Promise<PrivateServer>}
 */
async function startContainer({ image, options, port, url, ask }) {
  const id = docker(['run', '--detach', ...options, image]);
  const remove = async () => void docker(['rm', '--force', '--volumes', id]);
  const giveUpAtMs = Date.now() + upWithinMs;
  for (;;) {
    try {
      await ask(url);
      break;
    } catch (error) {
      if (Date.now() > giveUpAtMs) {
        await remove();
        throw new ServerDidNotStart(image, String(error), '');
      }
      await delay(pollEveryMs);
    }
  }
  const pid = Number(docker(['inspect', '--format', '{{.State.Pid}}', id]));
  return { url, port, pid, stop: remove, kill: remove };
}

/** @param {string[]} args */
function docker(args) {
  const result = spawnSync('docker', args, { encoding: 'utf8', timeout: upWithinMs });
  if (result.status === 0) return result.stdout.trim();
  throw new ServerDidNotStart(`docker ${args[0]}`, result.stderr ?? 'no answer', '');
}
