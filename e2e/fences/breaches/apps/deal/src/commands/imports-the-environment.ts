// breaks: eslint/house/no-process-env
import { env } from 'node:process';

export const zone = env['BUSINESS_TIME_ZONE'];
