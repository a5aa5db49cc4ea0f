/**
 * What a handler returns when the answer may be one that was given before: it carries its own
 * status, and `Idempotent-Replayed: true` when it is a repetition. `body` is sent as JSON.
 */
export class Replayable<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly replayed: boolean;

  constructor(status: number, body: T, replayed: boolean) {
    this.status = status;
    this.body = body;
    this.replayed = replayed;
  }
}
