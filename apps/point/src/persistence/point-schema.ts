import { messagingSchema } from '@onepoint/messaging';
import type { SchemaParts } from '@onepoint/persistence';
import { AccountEntity } from './account.entity.ts';
import { LedgerEntryEntity } from './ledger-entry.entity.ts';
import { CreateLedger1763856000000 } from './migrations/1763856000000-create-ledger.ts';
import { WaitingChangeEntity } from './waiting-change.entity.ts';

/** Everything in Point's database, named one by one. */
export const pointSchema: SchemaParts = {
  entities: [...messagingSchema.entities, AccountEntity, LedgerEntryEntity, WaitingChangeEntity],
  migrations: [...messagingSchema.migrations, CreateLedger1763856000000],
};
