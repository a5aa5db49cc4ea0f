import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One service in a process of its own. */
export interface ChildServiceOptions {
  readonly name: string;
  /** Its compiled `main.js`. */
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** The first start failed. */
export class ChildNeverStarted extends Error {
  override readonly name = 'ChildNeverStarted';

  constructor(
    message: string,
    /** Whether the service said why, which has been passed on. */
    readonly hasSaidWhy: boolean,
  ) {
    super(message);
  }
}

/** Preloaded into every service: it ends when its supervisor is gone, killed outright even. */
const LEAVE_WITH_SUPERVISOR = new URL('leave-with-supervisor.js', import.meta.url).href;

const FIRST_DELAY_MS = 500;
const DELAY_MAX_MS = 30_000;
/** Alive this long, a service counts as healthy again: the next delay is the first. */
const HEALTHY_MS = 60_000;
const STOP_MAX_MS = 35_000;

/** Keeps one service running: restarts it when it dies, with a growing delay, until told to stop. */
export class ChildService {
  private child: ChildProcess | undefined;
  private restart: NodeJS.Timeout | undefined;
  private delayMs = FIRST_DELAY_MS;
  private stopping = false;

  constructor(private readonly options: ChildServiceOptions) {}

  /** The process that serves now; undefined between a death and the next start. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves when it listens. @throws ChildNeverStarted when it ends before that */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.spawnOnce(resolve, (how, hasSaidWhy) => {
        const message = `${this.options.name} could not be started (${how})`;
        reject(new ChildNeverStarted(message, hasSaidWhy));
      });
    });
  }

  /** Asks it to finish what it has in hand and to end; resolves when it has. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    const { child } = this;
    if (child === undefined) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
    await ended;
    clearTimeout(impatient);
  }

  private spawnOnce(
    onListening: () => void,
    onNeverStarted?: (how: number | string, hasSaidWhy: boolean) => void,
  ): void {
    const { name, program, env, say, complain } = this.options;
    const child = spawn(process.execPath, ['--import', LEAVE_WITH_SUPERVISOR, program], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    const startedAt = performance.now();
    let isListening = false;
    let hasComplained = false;
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (!isListening && line.startsWith(`${name} listening on `)) {
        isListening = true;
        onListening();
      } else say(line);
    });
    createInterface({ input: child.stderr! }).on('line', (line) => {
      hasComplained = true;
      complain(line);
    });
    // Not 'exit': its last words may still be in the pipe.
    child.once('close', (code, signal) => {
      const how = signal ?? code ?? 'unknown';
      this.child = undefined;
      if (this.stopping) return;
      if (!isListening && onNeverStarted !== undefined) return onNeverStarted(how, hasComplained);
      if (performance.now() - startedAt > HEALTHY_MS) this.delayMs = FIRST_DELAY_MS;
      complain(`${name} ended (${how}); starting it again in ${this.delayMs} ms`);
      this.restart = setTimeout(() => {
        this.spawnOnce(() => say(`${name} is back`));
      }, this.delayMs);
      this.delayMs = Math.min(this.delayMs * 2, DELAY_MAX_MS);
    });
  }
}
