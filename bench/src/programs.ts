import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A running program of the system under test. */
export interface Program {
  readonly name: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** How a program is started. */
export interface ProgramToStart {
  readonly name: string;
  /** Its compiled file. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Answers below 500 once the program is ready. */
  readonly readyUrl: string;
  /** Everything it prints goes here, as in production it goes to a collector. */
  readonly logFile: string;
}

/** A program ended, or did not get ready in time. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
}

/** Children that run: none of them outlives this process, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const READY_MAX_MS = 30_000;
const STOP_MAX_MS = 20_000;

/** Starts a program and waits until it is ready. @throws ProgramFailed */
export async function startProgram(program: ProgramToStart): Promise<Program> {
  const { name, file, env, readyUrl, logFile } = program;
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', log, log] });
  closeSync(log);
  endWithUs(child);
  const giveUpAt = performance.now() + READY_MAX_MS;
  while (!(await answers(readyUrl))) {
    if (child.exitCode !== null || performance.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new ProgramFailed(`${name} did not get ready; see ${logFile}`);
    }
    await wait(50);
  }
  return { name, pid: child.pid!, stop: () => stopChild(child) };
}

/** Runs a program to its end; what it printed. @throws ProgramFailed unless it ends with 0 */
export async function runProgram(
  file: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<string> {
  const child = spawn(process.execPath, [file, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithUs(child);
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new ProgramFailed(`${file} ended with ${code}`);
  return said;
}

function endWithUs(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    // Not there yet: the caller decides how long that may last.
    return false;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
  await ended;
  clearTimeout(impatient);
}
