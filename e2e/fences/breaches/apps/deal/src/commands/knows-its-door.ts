// breaks: depcruise/verbs-know-no-door
export { DealsDoor } from '../http/deals-door.ts';
