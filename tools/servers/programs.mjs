// Where the installed servers are.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian puts servers outside an ordinary user's PATH; Homebrew too, for versioned formulae. */
const beyondPath = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/sbin',
  '/opt/homebrew/bin',
];

/**
 * The first of these programs that is installed.
 * @param {...string} names
 * @returns {string | null}
 */
export function findProgram(...names) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...beyondPath];
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * RabbitMQ's own start script. Debian's command of that name is a wrapper that changes user and folder and knows one
 * node only: go past it.
 * @returns {string | null}
 */
export function findRabbitMqServer() {
  const packaged = '/usr/lib/rabbitmq/lib';
  const versions = listOf(packaged).map((name) => join(packaged, name, 'sbin/rabbitmq-server'));
  return versions.sort().reverse().find(isExecutable) ?? findProgram('rabbitmq-server');
}

/** @param {string} folder */
function listOf(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @param {string} program @param {string[]} args @returns {string} its output, both streams; '' when it fails */
export function outputOf(program, args) {
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 });
  return result.status === 0 ? `${result.stdout}${result.stderr}` : '';
}
