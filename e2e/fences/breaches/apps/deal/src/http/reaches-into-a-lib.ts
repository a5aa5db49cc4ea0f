// breaks: depcruise/libs-through-their-front-door
export { secret } from '../../../../libs/platform/src/inner/secret.ts';
