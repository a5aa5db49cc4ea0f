import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT } from './programs.ts';

/** One service process and where it is to be found. */
export interface ServiceProcessOptions {
  /** `point`, or `point-2` for its second replica. */
  readonly name: string;
  readonly program: string;
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  /** Everything that it says goes there. */
  readonly logFile: string;
  /** It ended though nobody had killed it. */
  readonly onDeath: (name: string, how: string) => void;
}

/** A service could not be brought up, however often it was tried; its log says why. */
export class ServiceNeverUp extends Error {
  override readonly name = 'ServiceNeverUp';
}

/** Should the harness be killed outright, its services notice and end themselves. */
const LEASH = pathToFileURL(join(ROOT, 'tools/leash.mjs')).href;
const UP_WITHIN_MS = 90_000;
const AGAIN_MS = 700;
const STOP_MAX_MS = 20_000;

const running = new Set<ChildProcess>();

/** Kills every service that this process has started, however far it is: for a run that is broken off. */
export function killRunningServices(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** A service that is started, killed, frozen and started again; and again when it ends by itself. */
export class ServiceProcess {
  #child: ChildProcess | null = null;
  #wanted = false;
  #listening = false;

  constructor(readonly options: ServiceProcessOptions) {}

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Resolves when it listens. While its database is away it ends at once: it is tried again. */
  async start(): Promise<void> {
    this.#wanted = true;
    const giveUpAt = Date.now() + UP_WITHIN_MS;
    while (this.#wanted && !(await this.#spawn())) {
      if (Date.now() > giveUpAt) throw new ServiceNeverUp(this.options.logFile);
      await wait(AGAIN_MS);
    }
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM, as a redeploy does; killed when it takes longer than 20 s. */
  async stop(): Promise<void> {
    const impatient = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_MAX_MS);
    await this.#end('SIGTERM');
    clearTimeout(impatient);
  }

  /** SIGSTOP: its sockets stay open, and nobody answers. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  }

  /** Whether it came up. */
  #spawn(): Promise<boolean> {
    const { name, program, env, logFile } = this.options;
    const log = createWriteStream(logFile, { flags: 'a' });
    const child = spawn(process.execPath, ['--import', LEASH, program], {
      env: { ...env, ONEPOINT_PARENT: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.#listening = false;
    child.stderr.pipe(log, { end: false });
    return new Promise((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.includes(' listening on ')) {
          this.#listening = true;
          resolve(true);
        }
        if (log.writable) log.write(`${line}\n`);
      });
      child.once('exit', (code, signal) => {
        log.write(`-- ${name} ended (${signal ?? code})\n`);
        resolve(false);
        if (this.#listening && this.#wanted) this.#onDeath(`${signal ?? code}`);
      });
    });
  }

  #onDeath(how: string): void {
    const { name, onDeath } = this.options;
    onDeath(name, how);
    this.start().catch((error: unknown) => onDeath(name, String(error)));
  }
}
