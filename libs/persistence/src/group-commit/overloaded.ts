/** The queue is full: refused at once, nothing was done (P14). */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
  readonly code = 'OVERLOADED';
  /** Seconds after which trying again is reasonable. */
  readonly retryAfterS = 1;

  constructor(what: string) {
    super(`${what} has too much to do`);
  }
}

/** The job waited longer than its deadline and was never begun. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
  readonly code = 'OVERLOADED';
  readonly retryAfterS = 1;

  constructor(what: string) {
    super(`${what} did not begin before the deadline`);
  }
}

/** `run` gave another number of answers than it was given jobs; nobody can tell whose they are. */
export class BatchAnswersMismatch extends Error {
  override readonly name = 'BatchAnswersMismatch';

  constructor(what: string, jobs: number, answers: number) {
    super(`${what} gave ${answers} answers to ${jobs} jobs`);
  }
}
