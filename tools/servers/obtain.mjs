// A database and a broker, wherever they can be had: the ones we are told of, the ones on the standard ports, installed
// ones started for us alone, containers, or installed now.
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';
import { hasDocker, startMariaDbInDocker, startRabbitMqInDocker } from './docker.mjs';
import { freePorts } from './free-port.mjs';
import { hasMariaDb, startMariaDb } from './mariadb.mjs';
import { askMySql, askRabbitMq } from './probe.mjs';
import { hasRabbitMq, startRabbitMq } from './rabbitmq.mjs';

/** @typedef {import('./child-server.mjs').PrivateServer} PrivateServer */

/**
 * @typedef {object} Source where one kind of server comes from
 * @property {string} name
 * @property {string} variable the environment variable that may name one
 * @property {string} usualUrl where one runs on most machines
 * @property {string} debianPackage
 * @property {(url: string) => Promise<string>} ask logs in; its version
 * @property {() => boolean} isInstalled
 * @property {(where: { port: number; dir: string }) => Promise<PrivateServer>} start
 * @property {(port: number) => Promise<PrivateServer>} startInDocker
 */

/**
 * @typedef {object} Obtained
 * @property {string} url
 * @property {string} origin for people: which server it is
 * @property {() => Promise<void>} stop ends it if we started it
 */

/** @type {Source} */
export const mariaDbSource = {
  name: 'MariaDB',
  variable: 'MYSQL_URL',
  usualUrl: 'mysql://root@127.0.0.1:3306',
  debianPackage: 'mariadb-server',
  ask: askMySql,
  isInstalled: hasMariaDb,
  start: startMariaDb,
  startInDocker: startMariaDbInDocker,
};

/** @type {Source} */
export const rabbitMqSource = {
  name: 'RabbitMQ',
  variable: 'RABBITMQ_URL',
  usualUrl: 'amqp://guest:guest@127.0.0.1:5672',
  debianPackage: 'rabbitmq-server',
  ask: askRabbitMq,
  isInstalled: hasRabbitMq,
  start: startRabbitMq,
  startInDocker: startRabbitMqInDocker,
};

/**
 * Finds or starts one server.
 * @param {Source} source @param {string} dir for the data of one that is started
 * @returns {Promise<Obtained | null>} null where none can be had
 * @throws when the environment names one that does not answer
 */
export async function obtainServer(source, dir) {
  const told = process.env[source.variable];
  if (told !== undefined && told !== '') return await askThere(source, told, source.variable);
  const usual = await askThere(source, source.usualUrl, 'already running').catch(() => null);
  if (usual !== null) return usual;
  if (source.isInstalled()) return await startThere(source, dir);
  if (hasDocker()) {
    const [port = 0] = await freePorts(1);
    const container = await source.startInDocker(port);
    return { url: container.url, origin: 'in Docker', stop: container.stop };
  }
  if (!canInstallPackages() || !installPackages([source.debianPackage])) return null;
  // Debian may start what it installs.
  const started = await askThere(source, source.usualUrl, 'just installed').catch(() => null);
  return started ?? (await startThere(source, dir));
}

/** @param {Source} source @param {string} url @param {string} origin @returns {Promise<Obtained>} */
async function askThere(source, url, origin) {
  const version = await source.ask(url);
  return { url, origin: `${version}, ${origin}`, stop: async () => undefined };
}

/** @param {Source} source @param {string} dir @returns {Promise<Obtained>} */
async function startThere(source, dir) {
  const [port = 0] = await freePorts(1);
  const server = await source.start({ port, dir: join(dir, source.name.toLowerCase()) });
  const version = await source.ask(server.url);
  return { url: server.url, origin: `${version}, a private one`, stop: server.stop };
}
