import { runAsProcess } from '@onepoint/platform';
import { definePoint } from './point.module.ts';

await runAsProcess(definePoint);
