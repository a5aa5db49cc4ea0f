/** The key was used before, by the same caller, for another request (422). */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  constructor() {
    super('this Idempotency-Key was used before for another request');
  }
}

/** The first request with this key has no answer yet (409). */
export class RequestInProgress extends Error {
  override readonly name = 'RequestInProgress';
  readonly code = 'REQUEST_IN_PROGRESS';
  /** Seconds after which asking again is reasonable. */
  readonly retryAfterS = 1;
  constructor() {
    super('the first request with this Idempotency-Key is still running');
  }
}

/** An answer was to be kept for a key that nobody has claimed. */
export class KeyNotClaimed extends Error {
  override readonly name = 'KeyNotClaimed';
  constructor() {
    super('an answer was given to an Idempotency-Key that was not claimed');
  }
}
