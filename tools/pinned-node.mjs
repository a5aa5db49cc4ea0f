// Which Node runs OnePoint: the one that the lock file pins for this platform, otherwise the machine's own if it is new
// enough. Node's own modules only, Node 18 or newer.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exit } from 'node:process';
import { root } from './install.mjs';

/** The oldest Node that OnePoint runs on. */
export const oldestNode = '24.11.0';

/** @param {string} version such as `24.11.0` @param {string} oldest */
export function isNewEnough(version, oldest = oldestNode) {
  const have = version.split('.').map(Number);
  const want = oldest.split('.').map(Number);
  for (let at = 0; at < want.length; at += 1) {
    const difference = (have[at] ?? 0) - (want[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * Where npm puts the pinned Node of a platform; the file need not exist.
 * @param {string} platform @param {string} architecture
 */
export function packagedNode(platform = process.platform, architecture = process.arch) {
  const windows = platform === 'win32';
  const folder = `node_modules/node-${windows ? 'win' : platform}-${architecture}`;
  return join(root, folder, 'bin', windows ? 'node.exe' : 'node');
}

/** The path of the Node to use; ends the process with one clear line where there is none. */
export function pinnedNode() {
  const packaged = packagedNode();
  if (existsSync(packaged)) return packaged;
  if (isNewEnough(process.versions.node)) return process.execPath;
  process.stderr.write(
    `OnePoint needs Node ${oldestNode} or newer: none is packaged for ${process.platform} ${process.arch}, ` +
      `and this one is ${process.versions.node}.\n`,
  );
  return exit(1);
}
