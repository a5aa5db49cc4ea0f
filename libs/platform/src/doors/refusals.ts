import type { CodedError } from '../problem/coded-error.ts';

/** 401: no credential, or one that nobody knows. It never says which. */
export class Unauthenticated extends Error implements CodedError {
  readonly code = 'UNAUTHENTICATED';
  override readonly name = 'Unauthenticated';

  constructor() {
    super('a valid credential is required: Authorization: Bearer …');
  }
}

/** 403: a known caller at a door that is not theirs. */
export class Forbidden extends Error implements CodedError {
  readonly code = 'FORBIDDEN';
  override readonly name = 'Forbidden';

  constructor() {
    super('this credential does not open this door');
  }
}
