import type { SchemaParts } from '@onepoint/persistence';
import { AddTraceparents1700000000002 } from './migrations/add-traceparents.ts';
import { CreateOutbox1700000000000 } from './migrations/create-outbox.ts';

/** What every service that says something keeps for it. Read and written by statements, not by entities. */
export const messagingSchema: SchemaParts = {
  entities: [],
  migrations: [CreateOutbox1700000000000, AddTraceparents1700000000002],
};
