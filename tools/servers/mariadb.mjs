import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ServerDidNotStart, startChild } from './child-server.mjs';
import { askMySql } from './probe.mjs';
import { findProgram, outputOf } from './programs.mjs';

/** @typedef {import('./child-server.mjs').PrivateServer} PrivateServer */

const upWithinMs = 60_000;
/** A Unix socket's path must fit into 108 bytes with its final zero. */
const socketPathBytesMax = 107;

/** True when a MariaDB or MySQL server is installed on this machine. */
export function hasMariaDb() {
  return findProgram('mariadbd', 'mysqld') !== null;
}

/**
 * Starts a MariaDB (or MySQL 8) of our own: loopback only, root without a password, every commit flushed. The data
 * stays in `dir`, so a server that was stopped or killed can be started again on it.
 * @param {{ port: number; dir: string; options?: readonly string[] }} where `options` are further server options
 * @returns {Promise<PrivateServer>}
 * @throws {ServerDidNotStart} with the end of its log
 */
export async function startMariaDb({ port, dir, options = [] }) {
  const home = resolve(dir);
  const server = findProgram('mariadbd', 'mysqld');
  if (server === null) throw new ServerDidNotStart('MariaDB', 'it is not installed', '');
  const data = join(home, 'data');
  if (!existsSync(join(data, 'mysql'))) createData(server, home, data);
  const child = startChild({
    name: 'MariaDB',
    dir: home,
    command: server,
    args: [...serverOptions(home, data, port), ...options],
  });
  const url = `mysql://root@127.0.0.1:${port}`;
  await child.waitUntilUp(async () => void (await askMySql(url)), upWithinMs);
  return { url, port, pid: child.pid, stop: child.stop, kill: child.kill };
}

/** @param {string} home @param {string} data @param {number} port */
function serverOptions(home, data, port) {
  const besideData = join(home, 'socket');
  const socket =
    Buffer.byteLength(besideData) <= socketPathBytesMax
      ? besideData
      : join(tmpdir(), `onepoint-mysql-${port}`);
  return [
    '--no-defaults',
    ...asRoot(),
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${socket}`,
    `--pid-file=${join(home, 'pid')}`,
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=256M',
    '--max-connections=500',
    '--skip-log-bin',
  ];
}

/** A server refuses to run as root unless told to. */
function asRoot() {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

/** @param {string} server @param {string} home @param {string} data */
function createData(server, home, data) {
  mkdirSync(home, { recursive: true });
  const isMariaDb = outputOf(server, ['--version']).includes('MariaDB');
  const installer = isMariaDb ? findProgram('mariadb-install-db', 'mysql_install_db') : server;
  if (installer === null)
    throw new ServerDidNotStart('MariaDB', 'mariadb-install-db is missing', '');
  const args = isMariaDb
    ? ['--auth-root-authentication-method=normal', '--skip-test-db']
    : ['--initialize-insecure'];
  const created = spawnSync(
    installer,
    ['--no-defaults', ...asRoot(), `--datadir=${data}`, ...args],
    { encoding: 'utf8', timeout: upWithinMs },
  );
  if (created.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new ServerDidNotStart(
    'MariaDB',
    'its data folder was not made',
    `${created.stdout}${created.stderr}`,
  );
}
