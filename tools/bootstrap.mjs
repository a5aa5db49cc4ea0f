// The front door of every npm script. It runs on whatever Node the machine has (18 or newer), installs what is
// missing, compiles, and hands over to the Node that the lock file pins.
//
//   node tools/bootstrap.mjs [--build <project>]… [program [argument…]]
//
// Only Node's own modules may be imported here: it runs before `npm ci`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exit } from 'node:process';
import { pathToFileURL } from 'node:url';
import { install, isInstalled, root } from './install.mjs';
import { pinnedNode } from './pinned-node.mjs';

/** A second Ctrl-C within this time is the same one: npm forwards what the terminal sent already. */
const sameSignalMs = 1_000;

/** @param {string[]} words */
function readArguments(words) {
  /** @type {string[]} */
  const projects = [];
  let next = 0;
  while (words[next] === '--build') {
    projects.push(words[next + 1] ?? '.');
    next += 2;
  }
  return { projects, program: words[next], programArguments: words.slice(next + 1) };
}

/** @param {string} node @param {string[]} projects */
function compile(node, projects) {
  if (projects.length === 0) return;
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  const compiled = spawnSync(node, [tsc, '-b', ...projects], { cwd: root, stdio: 'inherit' });
  if (compiled.status !== 0) {
    process.stderr.write('OnePoint does not compile: see above.\n');
    exit(compiled.status ?? 1);
  }
}

/**
 * Runs the program in a process group of its own, so that a Ctrl-C reaches it once, through us, and not a second
 * time from the terminal. The leash (see leash.mjs) ends it should we be killed outright.
 * @param {string} node @param {string} program @param {string[]} programArguments
 */
function run(node, program, programArguments) {
  const ownGroup = process.platform !== 'win32';
  const leash = pathToFileURL(join(root, 'tools/leash.mjs')).href;
  const child = spawn(node, ['--import', leash, join(root, program), ...programArguments], {
    stdio: 'inherit',
    detached: ownGroup,
    env: { ...process.env, ONEPOINT_PARENT: String(process.pid) },
  });
  /** @type {Map<NodeJS.Signals, number>} */
  const sentAtMs = new Map();
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      const now = Date.now();
      if (!ownGroup || now - (sentAtMs.get(signal) ?? 0) < sameSignalMs) return;
      sentAtMs.set(signal, now);
      child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${program} could not be started: ${error.message}\n`);
    exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) exit(code ?? 1);
    process.stderr.write(`${program} was ended by ${signal}\n`);
    exit(1);
  });
}

const { projects, program, programArguments } = readArguments(process.argv.slice(2));
if (!isInstalled()) install();
const node = pinnedNode();
compile(node, projects);
if (program !== undefined) {
  if (!existsSync(join(root, program))) {
    process.stderr.write(`${program} does not exist: is it compiled?\n`);
    exit(1);
  }
  run(node, program, programArguments);
}
