import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../problem/coded-error.ts';

const printable = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/**
 * Reads the header `Idempotency-Key`: 1 to 255 printable ASCII characters, or null when absent.
 *
 * @throws InvalidRequest for any other content
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && printable.test(header)) return header;
  throw new InvalidRequest('Idempotency-Key must be 1 to 255 printable ASCII characters', [
    { path: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' },
  ]);
}

/** Parameter of a handler: the request's idempotency key (string) or null. */
export const IdempotencyKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string | null =>
    readIdempotencyKey(
      context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'],
    ),
  [describeHeader],
);

function describeHeader(controller: object, method: string | symbol | undefined): void {
  if (method === undefined) return;
  const descriptor = Object.getOwnPropertyDescriptor(controller, method);
  if (descriptor === undefined) return;
  const description = 'the same key and body give the first answer again';
  ApiHeader({ name: 'Idempotency-Key', required: false, description })(
    controller,
    method,
    descriptor,
  );
}
