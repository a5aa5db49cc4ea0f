import { runMigration } from '@onepoint/messaging';
import { billingSchema } from './persistence/billing-schema.ts';

await runMigration('billing', billingSchema, process.env);
