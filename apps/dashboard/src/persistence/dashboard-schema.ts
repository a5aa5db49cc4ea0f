import { messagingSchema } from '@onepoint/messaging';
import { joinSchemas } from '@onepoint/persistence';
import type { SchemaParts } from '@onepoint/persistence';
import { CreateGenerationPointer1763859700000 } from './migrations/1763859700000-create-generation-pointer.ts';
import { CreateReadModel1763859600000 } from './migrations/1763859600000-create-read-model.ts';

/**
 * Everything in Dashboard's database. The read model has no entities: its tables exist once for each
 * generation, and it is written by statements of many rows.
 */
export const dashboardSchema: SchemaParts = joinSchemas(messagingSchema, {
  entities: [],
  migrations: [CreateReadModel1763859600000, CreateGenerationPointer1763859700000],
});
