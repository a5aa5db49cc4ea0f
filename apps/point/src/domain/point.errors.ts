/** Codes of the point service; their HTTP status stands in the platform's one table. */
export type PointErrorCode = 'POINT_ACCOUNT_NOT_FOUND';

/** A refusal by the rules of the point service. */
export class PointError extends Error {
  override readonly name = 'PointError';

  constructor(
    readonly code: PointErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Thrown when no account is known for the member: never signed up, or the event is on its way. */
export function accountNotFound(memberId: number): PointError {
  return new PointError(
    'POINT_ACCOUNT_NOT_FOUND',
    `there is no point account of member ${memberId}`,
  );
}
