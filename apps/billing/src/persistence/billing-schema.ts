import { messagingSchema } from '@onepoint/messaging';
import { joinSchemas } from '@onepoint/persistence';
import type { SchemaParts } from '@onepoint/persistence';
import { CreateBilling1763856100000 } from './migrations/1763856100000-create-billing.ts';

/** Everything in Billing's database, named one by one. Read and written by statements alone. */
export const billingSchema: SchemaParts = joinSchemas(messagingSchema, {
  entities: [],
  migrations: [CreateBilling1763856100000],
});
