import { messagingSchema } from '@onepoint/messaging';
import { idempotencySchema, joinSchemas } from '@onepoint/persistence';
import type { SchemaParts } from '@onepoint/persistence';
import { CreateBilling1763856100000 } from './migrations/1763856100000-create-billing.ts';
import { CreateMonthClose1763856200000 } from './migrations/1763856200000-create-month-close.ts';

/** Everything in Billing's database, named one by one. Read and written by statements alone. */
export const billingSchema: SchemaParts = joinSchemas(messagingSchema, idempotencySchema, {
  entities: [],
  migrations: [CreateBilling1763856100000, CreateMonthClose1763856200000],
});
