import { runAsProcess } from '@onepoint/platform';
import { defineDashboard } from './dashboard.module.ts';

await runAsProcess(defineDashboard);
