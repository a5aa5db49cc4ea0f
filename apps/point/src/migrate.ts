import { runMigration } from '@onepoint/messaging';
import { pointSchema } from './persistence/point-schema.ts';

await runMigration('point', pointSchema, process.env);
