/**
 * What a service throws to refuse something on purpose. Its `code` stands in the table
 * `httpStatusOfCode`; its message is shown to the caller as the problem's `detail`.
 */
export interface CodedError extends Error {
  readonly code: string;
  /** Further members of the problem, for example the id of the deal that stands in the way. */
  readonly detail?: Record<string, unknown>;
  /** Seconds after which asking again makes sense; becomes the header `Retry-After`. */
  readonly retryAfterS?: number;
}

/** One field that was refused, and why. */
export interface FieldError {
  /** Where in the input, joined by dots; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** 400: what was asked for cannot be understood. Names at most {@link fieldErrorsMax} fields. */
export class InvalidRequest extends Error implements CodedError {
  readonly code = 'INVALID_REQUEST';
  override readonly name = 'InvalidRequest';
  readonly errors: readonly FieldError[];

  constructor(message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.errors = errors.slice(0, fieldErrorsMax);
  }
}

/** Most fields one problem names: the answer must not grow with the input. */
export const fieldErrorsMax = 20;
