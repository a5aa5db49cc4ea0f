// Is what the lock file says installed, and if not: install it. Node's own modules only, Node 18 or newer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exit } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stamp = 'node_modules/.onepoint-installed';
/** npm writes this file at the end of every complete installation. */
const npmOwnRecord = 'node_modules/.package-lock.json';
/** File systems keep times this coarsely. */
const timeGrainMs = 2_000;

/** @param {string} folder */
function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} file */
function changedAtMs(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {string} folder */
function stampOf(folder) {
  try {
    return readFileSync(join(folder, stamp), 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * True when `node_modules` holds what `package-lock.json` says: by the stamp that we left, or, where somebody ran npm
 * by hand, because npm finished after the lock file was last changed.
 * @param {string} folder
 */
export function isInstalled(folder = root) {
  const installedAtMs = changedAtMs(join(folder, npmOwnRecord));
  if (installedAtMs === 0) return false;
  if (stampOf(folder) === lockHash(folder)) return true;
  if (installedAtMs + timeGrainMs < changedAtMs(join(folder, 'package-lock.json'))) return false;
  writeStamp(folder);
  return true;
}

/** @param {string} folder */
export function writeStamp(folder = root) {
  writeFileSync(join(folder, stamp), `${lockHash(folder)}\n`);
}

/** `npm ci`, in one line when all goes well and with npm's whole output when it does not. Ends the process then. */
export function install() {
  process.stdout.write('OnePoint: installing its packages (npm ci), once, about half a minute …\n');
  const words = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env['npm_execpath'];
  const viaNode = npm !== undefined && npm.endsWith('.js');
  const result = spawnSync(
    viaNode ? process.execPath : 'npm',
    [...(viaNode ? [npm] : []), ...words, '--loglevel=error'],
    { cwd: root, encoding: 'utf8', shell: !viaNode && process.platform === 'win32' },
  );
  if (result.status === 0) {
    writeStamp();
    return;
  }
  process.stderr.write(
    `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`,
  );
  process.stderr.write('OnePoint: npm ci failed, see above.\n');
  exit(1);
}
