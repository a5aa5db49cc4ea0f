import { rmSync } from 'node:fs';
import { mariaDbSource, obtainServer, rabbitMqSource } from '../servers/obtain.mjs';
import { endServersLeftBehind, ownServersFolder } from '../servers/left-behind.mjs';

/**
 * @typedef {object} TestServers
 * @property {Record<string, string>} env what the tests find them by
 * @property {string[]} missing why some are not there, one line each; empty when all are
 * @property {boolean} isBroken one is there, or is said to be, and does not work: never a reason to skip
 * @property {() => Promise<void>} stop
 */

/** Finds or starts MariaDB and RabbitMQ for the tests. @returns {Promise<TestServers>} */
export async function provideTestServers() {
  endServersLeftBehind('test');
  const dir = ownServersFolder('test');
  /** @type {Record<string, string>} */
  const env = {};
  /** @type {string[]} */
  const missing = [];
  let isBroken = false;
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  for (const source of [mariaDbSource, rabbitMqSource]) {
    try {
      const server = await obtainServer(source, dir);
      if (server === null) {
        missing.push(
          `${source.name}: not running, not installed, no Docker; set ${source.variable}`,
        );
        continue;
      }
      env[source.variable] = server.url;
      stops.push(server.stop);
      process.stdout.write(`${source.name} ${server.origin}\n`);
    } catch (error) {
      isBroken = true;
      missing.push(`${source.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const stop = async () => {
    await Promise.all(stops.map((end) => end()));
    rmSync(dir, { recursive: true, force: true });
  };
  return { env, missing, isBroken, stop };
}
