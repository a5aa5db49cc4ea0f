import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Scope } from './scope.ts';

/** Who a route may be opened for. */
export type Admitted = 'public' | 'merchant' | 'service' | `operator:${Scope}`;

export const ALLOW_METADATA = 'onepoint:allow';
/** Where the rule stands in an operation's OpenAPI description. */
export const ALLOW_EXTENSION = 'x-allow';

/**
 * Says who may come in. Every route needs it, on its method or its class (the method's wins); the
 * process does not start while one is missing (P12). Several names mean any of them. `public` asks
 * for no credential at all.
 */
export const Allow = (
  ...who: readonly [Admitted, ...Admitted[]]
): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ALLOW_METADATA, Object.freeze([...who])),
    ApiExtension(ALLOW_EXTENSION, [...who]),
  );
