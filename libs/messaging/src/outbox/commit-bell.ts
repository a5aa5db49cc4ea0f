import { firstOf } from '../transport/wait.ts';

/** Rung after a commit that left something in the outbox, so that the relay need not wait for its poll. */
export class CommitBell {
  #rung = false;
  #listening: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#listening?.();
  }

  /** Returns when the bell has been rung since the last time, the time is over or the signal fires. */
  async heard(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung) {
      const rung = new Promise<void>((resolve) => (this.#listening = resolve));
      await firstOf(rung, timeoutMs, signal);
      this.#listening = null;
    }
    this.#rung = false;
  }
}
