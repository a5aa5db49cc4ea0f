import { runAsProcess } from '@onepoint/platform';
import { defineDeal } from './deal.module.ts';

await runAsProcess(defineDeal);
