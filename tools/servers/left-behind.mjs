// Private servers live in <data>/servers/<purpose>-<pid of their owner>. An owner that was killed leaves them running:
// the next one finds them there, ends them, and deletes the folder.
import { globSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../install.mjs';
import { signalIfAlive } from './child-server.mjs';

/** Where private servers keep their data. */
export function serversFolder() {
  return resolve(root, process.env['ONEPOINT_DATA'] ?? '.onepoint', 'servers');
}

/** The folder for the servers of this process. @param {string} purpose */
export function ownServersFolder(purpose) {
  return join(serversFolder(), `${purpose}-${process.pid}`);
}

/** Ends the servers whose owner is gone. @param {string} purpose */
export function endServersLeftBehind(purpose) {
  const folder = serversFolder();
  for (const name of foldersIn(folder)) {
    const owner = Number(new RegExp(`^${purpose}-(\\d+)$`).exec(name)?.[1]);
    if (Number.isNaN(owner) || signalIfAlive(owner, 0)) continue;
    const dir = join(folder, name);
    for (const file of globSync('**/group', { cwd: dir })) endGroup(dir, join(dir, file));
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The process works in its folder, which tells it from a later one that got the same number. @param {string} dir @param {string} file */
function endGroup(dir, file) {
  const group = Number(readFileSync(file, 'utf8'));
  if (Number.isInteger(group) && group > 1 && workingFolder(group).startsWith(dir)) {
    signalIfAlive(-group, 'SIGKILL');
  }
}

/** @param {number} pid @returns {string} '' where the system does not tell */
function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** @param {string} folder */
function foldersIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
