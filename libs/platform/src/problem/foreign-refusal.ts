import type { CodedError } from './coded-error.ts';
import type { ProblemCode } from './http-status-of-code.ts';

/** A refusal by Fastify or Nest, said in our own words and codes. */
export class ForeignRefusal extends Error implements CodedError {
  override readonly name = 'ForeignRefusal';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * What the framework refuses before any code of ours runs. Null when it is not a refusal but a
 * failure. Its own text is never passed on: it may repeat input.
 */
export function foreignRefusalOf(thrown: unknown): ForeignRefusal | null {
  switch (statusOf(thrown)) {
    case 400:
      return isJsonTrouble(thrown)
        ? new ForeignRefusal('MALFORMED_JSON', 'the body is not the JSON it claims to be')
        : new ForeignRefusal('INVALID_REQUEST', 'the request cannot be understood');
    case 401:
      return new ForeignRefusal('UNAUTHENTICATED', 'a valid credential is required');
    case 403:
      return new ForeignRefusal('FORBIDDEN', 'this credential does not open this door');
    case 404:
      return new ForeignRefusal('ROUTE_NOT_FOUND', 'there is nothing at this address');
    case 413:
      return new ForeignRefusal('BODY_TOO_LARGE', 'the body is larger than 64 KiB');
    case 415:
      return new ForeignRefusal('UNSUPPORTED_MEDIA_TYPE', 'send application/json');
    case null:
      return null;
    default:
      return new ForeignRefusal('INVALID_REQUEST', 'the request cannot be understood');
  }
}

/** The 4xx status the framework gave its own error; null for everything else. */
function statusOf(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  const status: unknown =
    'getStatus' in thrown && typeof thrown.getStatus === 'function'
      ? thrown.getStatus()
      : isFrameworkError(thrown)
        ? thrown.statusCode
        : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

/** An error from elsewhere may have a `statusCode` too (an HTTP client's): that is not our caller's fault. */
function isFrameworkError(thrown: object): thrown is { readonly statusCode: unknown } {
  if (!('statusCode' in thrown)) return false;
  const code = 'code' in thrown ? String(thrown.code) : '';
  return code.startsWith('FST_') || thrown instanceof SyntaxError;
}

/** Nest wraps Fastify's errors; what happened stands in the cause. */
function isJsonTrouble(thrown: unknown): boolean {
  const error = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (error instanceof SyntaxError) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY';
}
