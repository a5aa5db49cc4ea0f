import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** How a program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program ended, or its time did, before it said what was waited for. */
export class NotSaid extends Error {
  override readonly name = 'NotSaid';
}

/** What a program may know of the machine; everything else it is told by the test. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'MYSQL_URL', 'RABBITMQ_URL'];
const SAYS_MAX_MS = 90_000;

/** A compiled program of this checkout as a child process, with all that it said. */
export class Program {
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  /** Resolves when it has ended and everything it said has been read. */
  readonly ended: Promise<Ending>;
  private ending: Ending | null = null;
  private readonly child: ChildProcess;
  private listeners: (() => void)[] = [];

  /** @param file relative to the checkout */
  constructor(file: string, env: Readonly<Record<string, string>> = {}, args: string[] = []) {
    this.child = spawn(process.execPath, [`${ROOT}/${file}`, ...args], {
      cwd: ROOT,
      env: { ...machineEnv(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.collect(this.child.stdout!, this.stdout);
    this.collect(this.child.stderr!, this.stderr);
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => {
        this.ending = { code, signal };
        this.tell();
        resolve(this.ending);
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.ending === null;
  }

  /** All that it said, as it stands in a terminal. */
  get said(): string {
    return [...this.stdout, ...this.stderr].join('\n');
  }

  /** Resolves with the first line on either output that fits. @throws NotSaid */
  line(pattern: RegExp): Promise<string> {
    const find = (): string | undefined =>
      [...this.stdout, ...this.stderr].find((line) => pattern.test(line));
    return new Promise((resolve, reject) => {
      const giveUp = (): void =>
        reject(new NotSaid(`${String(pattern)} was not said, but:\n${this.said}`));
      const patience = setTimeout(giveUp, SAYS_MAX_MS);
      const look = (): void => {
        const line = find();
        if (line === undefined && this.isRunning) return;
        clearTimeout(patience);
        this.listeners = this.listeners.filter((other) => other !== look);
        if (line === undefined) giveUp();
        else resolve(line);
      };
      this.listeners.push(look);
      look();
    });
  }

  /** From now on nobody reads what it says: writing fails for it. */
  hangUp(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<Ending> {
    if (this.isRunning) this.child.kill(signal);
    return this.ended;
  }

  private collect(stream: NodeJS.ReadableStream, lines: string[]): void {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      this.tell();
    });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The environment without what was meant for the test runner or for another OnePoint. */
export function machineEnv(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
