// A database or broker of our own, as a child process: started into a log file, stopped with a time limit.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} PrivateServer
 * @property {string} url where clients find it, credentials included
 * @property {number} port
 * @property {number} pid the process that serves (what a fault test stops or kills)
 * @property {() => Promise<void>} stop asks it to shut down; kills it after 30 s
 * @property {() => Promise<void>} kill SIGKILL; the data stays where it is
 */

const stopWithinMs = 30_000;
const goneWithinMs = 10_000;
const tailLines = 60;
const pollEveryMs = 100;

/** A private server that did not come up, with the end of its log. */
export class ServerDidNotStart extends Error {
  /** @param {string} name @param {string} why @param {string} log */
  constructor(name, why, log) {
    super(`${name} did not start: ${why}\n${log}`);
    this.name = 'ServerDidNotStart';
  }
}

/**
 * Starts a program in a process group of its own (a Ctrl-C is ours to handle, not its), its output in `<dir>/log`
 * and its pid in `<dir>/group`, where the next run finds what a killed one left behind.
 * @param {{ name: string; dir: string; command: string; args: string[]; env?: NodeJS.ProcessEnv }} what
 */
export function startChild({ name, dir, command, args, env = process.env }) {
  const logFile = join(dir, 'log');
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd: dir,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  /** @type {string | null} */
  let ended = null;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve((ended = error.message)));
    child.once('exit', (code, signal) => resolve((ended = `it ended with ${signal ?? code}`)));
  });
  const group = child.pid;
  if (group !== undefined) writeFileSync(join(dir, 'group'), String(group));

  const kill = async () => {
    if (group !== undefined) signalIfAlive(-group, 'SIGKILL');
    await exited;
    await untilGroupIsGone(group);
    rmSync(join(dir, 'group'), { force: true });
  };
  const stop = async () => {
    if (ended === null && group !== undefined) signalIfAlive(group, 'SIGTERM');
    const late = new AbortController();
    await Promise.race([exited, delay(stopWithinMs, undefined, { signal: late.signal })]);
    late.abort();
    await kill();
  };
  /** @param {() => Promise<void>} probe @param {number} withinMs */
  const waitUntilUp = async (probe, withinMs) => {
    const giveUpAtMs = Date.now() + withinMs;
    let why = 'no answer';
    while (ended === null && Date.now() < giveUpAtMs) {
      try {
        return await probe();
      } catch (error) {
        why = String(error);
      }
      await delay(pollEveryMs);
    }
    await kill();
    throw new ServerDidNotStart(name, ended ?? why, endOf(logFile));
  };
  return { pid: group ?? 0, stop, kill, waitUntilUp };
}

/** The child that we started may only have been the parent of the one that serves. @param {number | undefined} group */
async function untilGroupIsGone(group) {
  const giveUpAtMs = Date.now() + goneWithinMs;
  while (group !== undefined && signalIfAlive(-group, 0)) {
    if (Date.now() > giveUpAtMs) throw new Error(`process group ${group} survived SIGKILL`);
    await delay(pollEveryMs);
  }
}

/** @param {number} pid @param {NodeJS.Signals | 0} signal @returns {boolean} whether there was anybody to hear it */
export function signalIfAlive(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** @param {string} file */
function endOf(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
}
