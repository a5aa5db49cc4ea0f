// breaks: depcruise/libs-through-their-front-door, nx/by-path
export { secret } from '../../../../libs/platform/src/inner/secret.ts';
