import { runMigration } from '@onepoint/messaging';
import { dashboardSchema } from './persistence/dashboard-schema.ts';

await runMigration('dashboard', dashboardSchema, process.env);
