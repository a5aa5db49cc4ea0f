import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';

/**
 * How an attempt ended for the one who made it:
 *
 * - `ok`: done, and it says what;
 * - `refused`: a definite no, nothing was made;
 * - `failed`: 503 with the id of a deal that has failed and takes no point;
 * - `unsent`: nobody listened, so nothing can have happened;
 * - `unknown`: no answer, or one that promises nothing: it may have happened or not.
 */
export type AttemptEnd = 'ok' | 'refused' | 'failed' | 'unsent' | 'unknown';

/** What a client tries to do. */
export type Intent =
  | 'signUp'
  | 'withdraw'
  | 'save'
  | 'use'
  | 'cancelById'
  | 'cancelNewest'
  | 'takeBack'
  | 'settle'
  | 'read';

/** One request and what came of it. */
export interface Attempt {
  readonly intent: Intent;
  /** Attempts of one operation share it: retries under the same Idempotency-Key. */
  readonly operation: string;
  readonly key: string | null;
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> | null;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly tookMs: number;
  readonly end: AttemptEnd;
  readonly status: number | null;
  readonly code: string | null;
  /** The header as it came; null: there was none. */
  readonly retryAfter: string | null;
  readonly isReplay: boolean;
  readonly answer: Readonly<Record<string, unknown>> | null;
}

/** A run wrote down more than it may keep. */
export class HistoryFull extends Error {
  override readonly name = 'HistoryFull';
}

/** Attempts of one run: what the oracle needs of so many fits into a gigabyte. */
export const ATTEMPTS_MAX = 600_000;

/** Everything that the clients tried, in memory for the oracle and in a file for people. */
export class History {
  readonly attempts: Attempt[] = [];
  readonly #file: WriteStream;

  /** @param file one JSON object a line */
  constructor(file: string) {
    this.#file = createWriteStream(file);
  }

  note(attempt: Attempt): void {
    if (this.attempts.length >= ATTEMPTS_MAX) throw new HistoryFull(`${ATTEMPTS_MAX} attempts`);
    this.attempts.push(attempt);
    this.#file.write(`${JSON.stringify(attempt)}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#file.end(resolve));
  }
}
