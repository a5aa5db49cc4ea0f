/**
 * The database cannot be used now: unreachable, lost, too slow, no connection free, shutting down,
 * or so contended that every repetition failed. Trying again later is right; the work is no poison.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly retryAfterS = 1;
  /** True when the connection was lost during COMMIT: the change may have been made (P3). */
  readonly outcomeUnknown: boolean;

  constructor(reason: string, options: { cause?: unknown; outcomeUnknown?: boolean } = {}) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.outcomeUnknown = options.outcomeUnknown ?? false;
  }
}
