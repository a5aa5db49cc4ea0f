export { secret } from './inner/secret.ts';
