/**
 * The one table from a problem's code to its HTTP status. A thrown error whose `code` stands here
 * becomes that problem; any other error is `INTERNAL_ERROR`. Clients branch on the code, so a code
 * is never renamed and never changes its status.
 */
export const httpStatusOfCode = Object.freeze({
  INVALID_REQUEST: 400,
  MALFORMED_JSON: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ROUTE_NOT_FOUND: 404,
  MEMBER_NOT_FOUND: 404,
  MERCHANT_NOT_FOUND: 404,
  MERCHANT_KEY_NOT_FOUND: 404,
  DEAL_NOT_FOUND: 404,
  POINT_ACCOUNT_NOT_FOUND: 404,
  BILLING_NOT_FOUND: 404,
  CLOSE_NOT_FOUND: 404,
  VIEW_NOT_FOUND: 404,
  MEMBER_PHONE_TAKEN: 409,
  MEMBER_WITHDRAWN: 409,
  MERCHANT_ALREADY_EXISTS: 409,
  MERCHANT_KEYS_FULL: 409,
  DEAL_ALREADY_CANCELLED: 409,
  DEAL_NOT_CANCELLABLE: 409,
  REBUILD_NOT_RUNNING: 409,
  REQUEST_IN_PROGRESS: 409,
  SETTLEMENT_INCOMPLETE: 409,
  DEAL_CANCELLED_BEFORE_ARRIVAL: 410,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_KEY_REUSED: 422,
  MONTH_IN_FUTURE: 422,
  TERMS_IN_PAST: 422,
  INTERNAL_ERROR: 500,
  POINT_UNAVAILABLE: 503,
  DEAL_UNAVAILABLE: 503,
  OVERLOADED: 503,
  DATABASE_UNAVAILABLE: 503,
} as const satisfies Record<string, number>);

/** A code that stands in {@link httpStatusOfCode}. */
export type ProblemCode = keyof typeof httpStatusOfCode;

/** Whether `code` stands in the table. */
export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(httpStatusOfCode, code);
}
