import { runAsProcess } from '@onepoint/platform';
import { defineBilling } from './billing.module.ts';

await runAsProcess(defineBilling);
