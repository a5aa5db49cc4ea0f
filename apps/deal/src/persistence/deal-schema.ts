import { messagingSchema } from '@onepoint/messaging';
import { conditionsSchema, idempotencySchema } from '@onepoint/persistence';
import type { SchemaParts } from '@onepoint/persistence';
import { DealEntity } from './deal.entity.ts';
import { MerchantKeyEntity } from './merchant-key.entity.ts';
import { MerchantTermsEntity } from './merchant-terms.entity.ts';
import { MerchantEntity } from './merchant.entity.ts';
import { CreateDeals1763856000000 } from './migrations/1763856000000-create-deals.ts';
import { VersionTerms1763856300000 } from './migrations/1763856300000-version-terms.ts';

/** Everything in Deal's database, named one by one. */
export const dealSchema: SchemaParts = {
  entities: [
    ...messagingSchema.entities,
    ...idempotencySchema.entities,
    ...conditionsSchema.entities,
    DealEntity,
    MerchantEntity,
    MerchantKeyEntity,
    MerchantTermsEntity,
  ],
  migrations: [
    ...messagingSchema.migrations,
    ...idempotencySchema.migrations,
    ...conditionsSchema.migrations,
    CreateDeals1763856000000,
    VersionTerms1763856300000,
  ],
};
