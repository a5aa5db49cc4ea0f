import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ServerDidNotStart, startChild } from './child-server.mjs';
import { freePorts } from './free-port.mjs';
import { askRabbitMq } from './probe.mjs';
import { findProgram, findRabbitMqServer } from './programs.mjs';

/** @typedef {import('./child-server.mjs').PrivateServer} PrivateServer */

const upWithinMs = 90_000;

/** True when a RabbitMQ server is installed on this machine. */
export function hasRabbitMq() {
  return findRabbitMqServer() !== null && findProgram('epmd') !== null;
}

/**
 * Starts a RabbitMQ node of our own: loopback only, guest/guest, with its own name, data, log, cookie, distribution
 * port and Erlang port mapper (epmd), so that it neither sees nor is seen by any other node of the machine. The data
 * stays in `dir`, so a node that was stopped or killed can be started again on it.
 * @param {{ port: number; dir: string; settings?: readonly string[] }} where `settings` are further lines of rabbitmq.conf
 * @returns {Promise<PrivateServer>}
 * @throws {ServerDidNotStart} with the end of its log
 */
export async function startRabbitMq({ port, dir, settings = [] }) {
  const home = resolve(dir);
  const server = findRabbitMqServer();
  const epmd = findProgram('epmd');
  if (server === null || epmd === null) {
    throw new ServerDidNotStart('RabbitMQ', 'it (or its epmd) is not installed', '');
  }
  const epmdHome = join(home, 'epmd');
  mkdirSync(epmdHome, { recursive: true });
  writeConfiguration(home, port, settings);
  const [distributionPort = 0, mapperPort = 0] = await freePorts(2);
  // In the foreground and as our child: left to itself, Erlang would start one as a daemon that nobody stops.
  const mapper = startChild({
    name: 'epmd',
    dir: epmdHome,
    command: epmd,
    args: ['-port', String(mapperPort), '-address', '127.0.0.1'],
  });
  const env = environment(home, distributionPort, mapperPort);
  const child = startChild({ name: 'RabbitMQ', dir: home, command: server, args: [], env });
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  try {
    await child.waitUntilUp(async () => void (await askRabbitMq(url)), upWithinMs);
  } catch (error) {
    await mapper.kill();
    throw error;
  }
  const withMapper = (/** @type {() => Promise<void>} */ end) => async () => {
    await end();
    await mapper.kill();
  };
  const pid = Number(readFileSync(join(home, 'pid'), 'utf8'));
  return { url, port, pid, stop: withMapper(child.stop), kill: withMapper(child.kill) };
}

/** @param {string} home @param {number} port @param {readonly string[]} settings */
function writeConfiguration(home, port, settings) {
  const lines = [
    `listeners.tcp.local = 127.0.0.1:${port}`,
    'log.console.level = warning',
    ...settings,
  ];
  writeFileSync(join(home, 'rabbitmq.conf'), `${lines.join('\n')}\n`);
  writeFileSync(join(home, 'enabled_plugins'), '[].\n');
  writeFileSync(join(home, 'rabbitmq-env.conf'), '');
}

/** @param {string} home @param {number} distributionPort @param {number} mapperPort */
function environment(home, distributionPort, mapperPort) {
  return {
    ...process.env,
    HOME: home,
    // The node's name stays the same over restarts: RabbitMQ keeps its data under it.
    RABBITMQ_NODENAME: 'onepoint@localhost',
    RABBITMQ_CONF_ENV_FILE: join(home, 'rabbitmq-env.conf'),
    RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(home, 'mnesia'),
    RABBITMQ_LOG_BASE: join(home, 'logs'),
    RABBITMQ_PID_FILE: join(home, 'pid'),
    RABBITMQ_DIST_PORT: String(distributionPort),
    ERL_EPMD_PORT: String(mapperPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
}
