// breaks: depcruise/no-unresolved
export { nothing } from './not-there.ts';
