import { runMigration } from '@onepoint/messaging';
import { memberSchema } from './persistence/member-schema.ts';

await runMigration('member', memberSchema, process.env);
