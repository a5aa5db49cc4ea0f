import type { SchemaParts } from '../storage.ts';
import { CreateIdempotencyKey1700000000001 } from './create-idempotency-key.ts';
import { IdempotencyKeyRow } from './idempotency-key.entity.ts';

/** What a service adds to its schema to use idempotency keys. */
export const idempotencySchema: SchemaParts = {
  entities: [IdempotencyKeyRow],
  migrations: [CreateIdempotencyKey1700000000001],
};
