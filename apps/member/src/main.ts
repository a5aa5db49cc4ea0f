import { runAsProcess } from '@onepoint/platform';
import { defineMember } from './member.module.ts';

await runAsProcess(defineMember);
