import { spawnSync } from 'node:child_process';
import { findProgram } from './programs.mjs';

const installWithinMs = 600_000;

/** True when packages can be installed here: Debian or a relative of it, and root. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && findProgram('apt-get') !== null;
}

/**
 * Installs Debian packages, saying so.
 * @param {readonly string[]} packages
 * @returns {boolean} whether it worked
 */
export function installPackages(packages) {
  process.stdout.write(`Installing ${packages.join(' and ')} with apt-get …\n`);
  const aptGet = (/** @type {string[]} */ ...words) =>
    spawnSync('apt-get', ['-qq', ...words], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: installWithinMs,
    }).status === 0;
  aptGet('update');
  return aptGet('install', '--yes', '--no-install-recommends', ...packages);
}
