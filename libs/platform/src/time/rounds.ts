import type { LoggerService } from '@nestjs/common';

/** Work that is done again and again. */
export interface RoundsOptions {
  /** Names the work in the log. */
  readonly name: string;
  /** Milliseconds from the end of one round to the begin of the next, from 1. */
  readonly everyMs: number;
  /** One round. What it throws is logged, and the next round comes all the same. */
  readonly round: () => Promise<unknown>;
  readonly logger: LoggerService;
}

/**
 * Periodic work inside a process: rounds never overlap, do not keep the process alive, and `stop`
 * waits for the one that is running.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(private readonly options: RoundsOptions) {}

  /** Begins; the first round comes after one pause. Started twice, it runs once. */
  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.schedule();
  }

  /** No further round; resolves when the running one has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.runOnce();
    }, this.options.everyMs);
    this.timer.unref();
  }

  private async runOnce(): Promise<void> {
    const { name, round, logger } = this.options;
    try {
      await round();
    } catch (error) {
      logger.warn({ err: error, msg: `${name}: this round failed; the next one comes` });
    }
    if (!this.stopped) this.schedule();
  }
}
