import { runMigration } from '@onepoint/messaging';
import { dealSchema } from './persistence/deal-schema.ts';

await runMigration('deal', dealSchema, process.env);
