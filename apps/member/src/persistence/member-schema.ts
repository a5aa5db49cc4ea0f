import { messagingSchema } from '@onepoint/messaging';
import { idempotencySchema, joinSchemas } from '@onepoint/persistence';
import type { SchemaParts } from '@onepoint/persistence';
import { MemberEntity } from './member.entity.ts';
import { CreateMember1763856000000 } from './migrations/1763856000000-create-member.ts';

/** Everything in Member's database, named one by one. */
export const memberSchema: SchemaParts = joinSchemas(messagingSchema, idempotencySchema, {
  entities: [MemberEntity],
  migrations: [CreateMember1763856000000],
});
