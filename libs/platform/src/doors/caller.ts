import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Scope } from './scope.ts';

/** Who is asking, once the guard has let them in. */
export type Caller =
  | { readonly kind: 'merchant'; readonly merchantId: number; readonly keyId: string }
  | { readonly kind: 'operator'; readonly name: string; readonly scopes: ReadonlySet<Scope> }
  | { readonly kind: 'service'; readonly name: string }
  /** Nobody showed a credential and the doors are open (loopback, no secrets configured). */
  | { readonly kind: 'open' };

/** A handler asked who is calling on a route that never asks for a credential. */
export class CallerUnknown extends Error {
  override readonly name = 'CallerUnknown';
}

/** Parameter of a handler: the {@link Caller}. Not for routes that are `@Allow('public')`. */
export const CallerOf = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Caller => {
    const caller = context.switchToHttp().getRequest<FastifyRequest>().surroundings.caller;
    if (caller === null) throw new CallerUnknown('a public route has no caller');
    return caller;
  },
);

/**
 * A caller's name for idempotency keys and logs: `merchant:20`, `operator:alice`, `service`, `open`.
 * Two keys of one merchant are one caller.
 */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case 'merchant':
      return `merchant:${caller.merchantId}`;
    case 'operator':
      return `operator:${caller.name}`;
    case 'service':
    case 'open':
      return caller.kind;
    default:
      return caller satisfies never;
  }
}
