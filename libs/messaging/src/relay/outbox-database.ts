import type { Database } from '@onepoint/persistence';

/** What the relay does with a database. */
export type OutboxDatabase = Pick<Database, 'dialect' | 'read' | 'transaction'>;
