import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Caller } from '../doors/caller.ts';
import type { RequestContext, Surrounding } from './request-context.ts';
import { continueTrace } from './traceparent.ts';

const requestIdPattern = /^[A-Za-z0-9._:-]{1,128}$/;

/** The id the caller gave (1 to 128 of `A-Za-z0-9._:-`), or a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && requestIdPattern.test(header) ? header : randomUUID();
}

/** All that one HTTP request carries along: one object per request, traced only when asked. */
export class RequestSurroundings implements RequestContext, Surrounding {
  readonly requestId: string;
  readonly logger: Logger;
  /** Set by the guard; null on public routes. */
  caller: Caller | null = null;
  readonly #incoming: string | undefined;
  #traceparent: string | undefined;

  constructor(requestId: string, incoming: string | undefined, logger: Logger) {
    this.requestId = requestId;
    this.#incoming = incoming;
    this.logger = logger;
  }

  get correlationId(): string {
    return this.requestId;
  }

  get traceparent(): string {
    return (this.#traceparent ??= continueTrace(this.#incoming));
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    surroundings: RequestSurroundings;
  }
}
