// breaks: depcruise/queries-change-nothing
export { recordDeal } from '../commands/record-deal.ts';
